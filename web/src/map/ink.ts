/** The map's own colours, read from the stylesheet so that dark mode and print have their say. */
export interface Ink {
  /** Between areas. */
  line: string;
  /** An area that gets no colour of its own, under circles. */
  blank: string;
  land: string;
  water: string;
  border: string;
}

export function readInk(): Ink {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--wk-${name}`).trim();
  return {
    line: token('line'),
    blank: token('blank'),
    land: token('land'),
    water: token('water'),
    border: token('border'),
  };
}
