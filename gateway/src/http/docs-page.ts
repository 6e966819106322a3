import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import { compressed } from './compression.js';

const page = (base: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>veinledger gateway</title>
    <link rel="stylesheet" href="${base}/docs/swagger-ui.css">
    <link rel="icon" href="${base}/docs/favicon-32x32.png">
  </head>
  <body>
    <div id="document"></div>
    <script src="${base}/docs/swagger-ui-bundle.js"></script>
    <script src="${base}/docs/start.js"></script>
  </body>
</html>
`;

const start = (base: string) => `SwaggerUIBundle({
  url: '${base}/v1/openapi.json',
  dom_id: '#document',
  deepLinking: true,
  docExpansion: 'list',
  validatorUrl: null,
});
`;

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/**
 * The OpenAPI document for people, at /docs: swagger-ui from this gateway alone; / leads there.
 * @param base the path below which browsers see the gateway; empty at the root
 */
export function docsPage(base: string): Router {
  const distribution = dirname(
    createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'),
  );
  const router = Router({ strict: false });
  router.use('/docs', compressed);
  router.get('/', (_request, response) => {
    response.redirect(`${base}/docs`);
  });
  router.get('/docs', (_request, response) => void response.type('html').send(page(base)));
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(start(base)));
  for (const file of FILES) {
    router.get(`/docs/${file}`, (_request, response) => {
      response.sendFile(join(distribution, file), {
        headers: { 'cache-control': 'public, max-age=3600' },
      });
    });
  }
  return router;
}
