/**
 * Where a house style says what: our own name first, then those of NL Design System, Utrecht,
 * Amsterdam, and of the themes that build on `rhc` or `basis`.
 */
const CHAINS = {
  text: 'nl-paragraph-color utrecht-document-color utrecht-body-color ams-color-text rhc-color-foreground-default basis-color-default-color-document',
  bg: 'utrecht-document-background-color utrecht-body-background-color ams-page-background-color rhc-color-bg-document basis-color-default-bg-document',
  surface: 'utrecht-surface-background-color ams-color-background basis-color-default-bg-subtle',
  border:
    'utrecht-form-control-border-color utrecht-textbox-border-color ams-color-separator rhc-color-border-default basis-form-control-border-color',
  accent:
    'nl-button-primary-background-color utrecht-button-primary-action-background-color ams-button-primary-background-color basis-color-action-1-inverse-bg-default',
  'accent-text':
    'nl-button-primary-color utrecht-button-primary-action-color ams-button-primary-color basis-color-action-1-inverse-color-default',
  link: 'nl-link-color utrecht-link-color ams-link-color rhc-color-foreground-link basis-color-action-2-color-default',
  'focus-outline': 'utrecht-focus-outline-color rhc-focus-outline-color basis-focus-outline-color',
  'focus-bg': 'utrecht-focus-background-color basis-focus-background-color',
  font: 'nl-paragraph-font-family utrecht-document-font-family utrecht-body-font-family ams-typography-font-family rhc-text-font-family-default basis-text-font-family-default',
  'heading-font':
    'nl-heading-level-1-font-family utrecht-heading-1-font-family ams-heading-font-family basis-heading-font-family',
  radius:
    'nl-button-border-radius utrecht-button-border-radius ams-button-border-radius rhc-border-radius-md basis-border-radius-md',
  'control-size':
    'nl-button-min-block-size utrecht-button-min-block-size utrecht-pointer-target-min-size basis-pointer-target-min-block-size',
  danger:
    'utrecht-form-field-error-message-color ams-error-message-color basis-color-negative-color-default',
};

/** What the house style says at an element; what it does not say is left out. */
export function readTokens(read: (name: string) => string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [token, chain] of Object.entries(CHAINS)) {
    for (const name of [`wk-${token}`, ...chain.split(' ')]) {
      const value = read(`--${name}`).trim();
      if (!value) continue;
      found[token] = value;
      break;
    }
  }
  return found;
}
