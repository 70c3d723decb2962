// Sorts the table, and marks an area in the map and in the table together.
(() => {
  const table = document.querySelector('table');
  const body = table.tBodies[0];
  const now = document.querySelector('.nu');
  const paths = new Map([...document.querySelectorAll('.gebieden path')].map((p) => [p.dataset.code, p]));
  const rows = new Map([...body.rows].map((r) => [r.dataset.code, r]));
  const edge = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  edge.setAttribute('class', 'rand');
  let marked = null;
  const mark = (code) => {
    if (marked === code) return;
    paths.get(marked)?.classList.remove('aan');
    rows.get(marked)?.classList.remove('aan');
    edge.remove();
    marked = code;
    const path = paths.get(code);
    rows.get(code)?.classList.add('aan');
    if (path) {
      path.classList.add('aan');
      path.parentNode.append(path, edge);
      edge.setAttribute('d', path.getAttribute('d'));
    }
    now.textContent = path?.querySelector('title')?.textContent ?? '';
  };
  const of = (event) => event.target.closest?.('[data-code]')?.dataset.code ?? null;
  document.addEventListener('pointerover', (event) => mark(of(event) ?? marked));
  document.addEventListener('click', (event) => {
    const code = of(event);
    if (!code) return;
    mark(code);
    if (event.target.closest('svg')) rows.get(code)?.scrollIntoView({ block: 'nearest' });
  });
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = (row) => row.cells[column].dataset.n ?? '';
      const text = (row) => row.cells[column].textContent;
      const compare = head.classList.contains('getal')
        ? (a, b) => (key(a) === '') - (key(b) === '') || (down ? key(b) - key(a) : key(a) - key(b))
        : (a, b) => text(a).localeCompare(text(b), document.documentElement.lang) * (down ? -1 : 1);
      body.append(...[...body.rows].sort(compare));
    });
  });
})();
