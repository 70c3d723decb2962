/** Lets the page around a map go first: its scrolling by the wheel, and by one finger. */
export type Yielded = 'wheel' | 'finger';

export function yieldTo(host: HTMLElement, told: (how: Yielded) => void): void {
  // The style sheet says which moves of fingers are left to the browser.
  host.classList.add('cooperative');
  host.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || event.metaKey) return;
      // Leaflet listens on the same element and would keep the page from scrolling.
      event.stopImmediatePropagation();
      told('wheel');
    },
    { capture: true, passive: true },
  );
  host.addEventListener(
    'touchstart',
    (event) => {
      if (event.touches.length < 2) event.stopImmediatePropagation();
    },
    { capture: true, passive: true },
  );
  host.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length > 1) event.preventDefault();
      else told('finger');
    },
    { capture: true, passive: false },
  );
}
