// The licences of what the page is made of, and of what makes and tests it: each must be one that
// goes with EUPL-1.2.
import { readFileSync } from 'node:fs';

const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT OR Apache-2.0',
]);
// Weak copyleft, or our own, in tools alone: nothing of them comes into the page.
const ALLOWED_IN_TOOLS = new Set(['EUPL-1.2', 'MPL-2.0']);

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const wrong = [];
let count = 0;
for (const [path, { license, dev }] of Object.entries(packages)) {
  if (path === '') continue;
  count += 1;
  const allowed = ALLOWED.has(license) || (dev && ALLOWED_IN_TOOLS.has(license));
  if (!allowed) wrong.push(`${path}: ${license ?? 'no licence is named'}`);
}
if (wrong.length > 0) {
  console.error(`not allowed:\n  ${wrong.join('\n  ')}`);
  process.exit(1);
}
console.log(`${count} packages, all licences allowed`);
