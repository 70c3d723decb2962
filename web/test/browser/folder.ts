/** A web space that knows nothing: gives the files of a folder, under a path of its own. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.gz': 'application/gzip',
};

export interface WebSpace {
  /** Ends in a slash. */
  address: string;
  /** What was asked and is not there. */
  missing: string[];
  close: () => void;
}

export function startWebSpace(folder: string, path: string): Promise<WebSpace> {
  const missing: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x/');
    const name = pathname === path ? 'index.html' : decodeURIComponent(pathname.slice(path.length));
    try {
      if (!pathname.startsWith(path)) throw new Error('outside the folder');
      const body = await readFile(join(folder, normalize(`/${name}`)));
      const type = TYPES[extname(name)] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type }).end(body);
    } catch {
      missing.push(pathname);
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      const port = typeof at === 'object' && at ? at.port : 0;
      resolve({
        address: `http://127.0.0.1:${port}${path}`,
        missing,
        close: () => server.close(),
      });
    });
  });
}
