/** Where the server is, for a page below a path of somebody else's: `''`, or `/wijken`. */
let root = '';

/** Says it once, before anything is asked. */
export function beginAt(path: string): void {
  root = path;
}

/** The address of a path of the server. */
export const rooted = (path: string): string => root + path;

/** A path of the server, of its address. */
export const unrooted = (address: string): string =>
  root !== '' && (address === root || address.startsWith(`${root}/`))
    ? address.slice(root.length) || '/'
    : address;
