/** Rows as text that programs of sheets read: CSV with commas, or with semicolons and decimal commas. */
export type Cell = string | number | null;
export type Manner = 'plain' | 'dutch';

/** A name that a program of sheets would compute gets an apostrophe before it. */
function guarded(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function cell(value: Cell, manner: Manner): string {
  if (value === null) return '';
  if (typeof value === 'number') {
    const text = Number.isFinite(value) ? String(value) : '';
    return manner === 'dutch' ? text.replace('.', ',') : text;
  }
  const text = guarded(value);
  const needs = manner === 'dutch' ? /[;"\r\n]/ : /[,"\r\n]/;
  return needs.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With a mark at the front that tells Excel the letters are UTF-8, in the Dutch manner. */
export function sheet(rows: Cell[][], manner: Manner): string {
  const mark = manner === 'dutch' ? ';' : ',';
  const lines = rows.map((row) => row.map((one) => cell(one, manner)).join(mark));
  return `${manner === 'dutch' ? '\ufeff' : ''}${lines.join('\r\n')}\r\n`;
}

/** Rows as a clipboard takes them to a sheet: parted by tabs, numbers as the language writes them. */
export function tabbed(rows: Cell[][], language: 'nl' | 'en'): string {
  const text = (value: Cell) => {
    if (typeof value === 'string') return guarded(value.replace(/[\t\r\n]+/g, ' '));
    const written = cell(value, 'plain');
    return language === 'nl' ? written.replace('.', ',') : written;
  };
  return rows.map((row) => row.map(text).join('\t')).join('\n');
}
