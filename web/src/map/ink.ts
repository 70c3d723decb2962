/** The map's own colours, read from the stylesheet so that dark mode and print have their say. */
export interface Ink {
  page: string;
  land: string;
  landLine: string;
  water: string;
  border: string;
}

export function readInk(): Ink {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--wk-${name}`).trim();
  return {
    page: token('page'),
    land: token('land'),
    landLine: token('land-line'),
    water: token('water'),
    border: token('border'),
  };
}
