/** Folders of a package import one way: no ring of folders, even where no ring of files is. Tests use whatever they need. */
const { options } = require('./.dependency-cruiser.cjs');

module.exports = {
  forbidden: [
    {
      name: 'no-folder-rings',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...options, exclude: { path: '\\.(test|fixture)\\.ts$' } },
};
