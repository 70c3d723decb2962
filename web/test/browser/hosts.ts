/** Pages of somebody else, on other origins, that have a map of ours on them. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

export interface HostPage {
  html: string;
  headers?: Record<string, string>;
}
export interface WebSite {
  /** Ends in no slash. */
  address: string;
  close: () => void;
}

/** A site of pages by their path; `localhost` is another site than `127.0.0.1`. */
export function startSite(
  pages: Record<string, (origin: string) => HostPage>,
  name = 'localhost',
): Promise<WebSite> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    const page = pages[pathname]?.(`http://${request.headers.host}`);
    if (!page) {
      response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    response
      .writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...page.headers })
      .end(page.html);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const at = server.address();
      const port = typeof at === 'object' && at ? at.port : 0;
      resolve({ address: `http://${name}:${port}`, close: () => server.close() });
    });
  });
}

/** The tokens of the example theme of NL Design System, as its package has them. */
export const exampleTheme = (): string =>
  readFileSync(
    createRequire(import.meta.url).resolve(
      '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css',
    ),
    'utf8',
  );

export interface Asked {
  src?: string;
  attributes?: string;
  script?: string;
}

/** What the dialog gives to put on a page. */
export const element = (wijkzicht: string, { src, attributes = '' }: Asked = {}): string => `
<wijk-kaart src="${src ?? `${wijkzicht}/embed/leefbaarheid?jaar=2024&niveau=buurten`}" ${attributes}>
<a href="${wijkzicht}/kaart/leefbaarheid"><img src="${wijkzicht}/v1/lagen/buurten.png?indicator=leefbaarheid&jaar=2024&breedte=800&hoogte=600" alt="Leefbaarheid 2024, per buurt" width="800" height="600" loading="lazy"></a>
<p>De laagste scores liggen in het midden. <a href="${wijkzicht}/kaart/leefbaarheid/tabel?niveau=buurten">Tabel</a></p>
</wijk-kaart>`;

export const loader = (wijkzicht: string, attributes = ''): string =>
  `<script src="${wijkzicht}/wijk-kaart.js" async ${attributes}></script>`;

/** A page around it; its own style comes in a sheet of its own, with a nonce where that is asked. */
export function page(
  body: string,
  { style = '', nonce = '', lang = 'nl', kind = '' } = {},
): string {
  const with_ = nonce ? ` nonce="${nonce}"` : '';
  return `<!doctype html>
<html lang="${lang}" class="${kind}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Gemeente</title>
<style${with_}>img { max-width: 100%; height: auto } wijk-kaart, iframe { display: block } ${style}</style>
</head>
<body><main><h1>Wonen in de gemeente</h1><p><a id="voor" href="#voor">Ervoor</a></p>
${body}
<p><a id="na" href="#na">Erna</a></p></main></body></html>`;
}
