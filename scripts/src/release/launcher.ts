/**
 * A program of the archive: it runs by the Node beside it, from any folder and through links, and needs no other
 * program but where it is called through a link.
 * @param node the Node's file, and
 * @param script the program's, both below the archive's folder
 */
export function launcher(node: string, script: string): string {
  return `#!/bin/sh
file=$0
while [ -L "$file" ]; do
  target=$(readlink -- "$file")
  case $target in
    /*) file=$target ;;
    *) file=\${file%/*}/$target ;;
  esac
done
archive=$(CDPATH= cd -P -- "\${file%/*}/.." && pwd)
exec "$archive/${node}" "$archive/${script}" "$@"
`;
}
