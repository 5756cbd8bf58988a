import type { Ink } from "../chart/appearance.ts";
import { TOKEN } from "../chart/appearance.ts";
import type { Scheme } from "./deck.ts";

/** A design token, by its name in ui/tokens.css. */
export type Token = keyof typeof TOKENS;

/**
 * The tokens a slide uses, [light, dark]: those of ui/tokens.css, with what SlidePage.svelte sets for the back row. The
 * file format knows no CSS, so they stand here again; a test holds them to the two.
 */
export const TOKENS = {
  "--panel": ["#ffffff", "#0c1617"],
  "--panel-quiet": ["#f8faf8", "#182526"],
  "--ink": ["#0f1b1a", "#f1f6f5"],
  "--ink-2": ["#3f4e4c", "#bccac7"],
  "--ink-3": ["#3f4e4c", "#bccac7"],
  "--line": ["#ccd6d2", "#2a3b3c"],
  "--line-strong": ["#a9b7b2", "#435759"],
  "--accent": ["#07565a", "#74d6d0"],
  "--accent-1": ["#d3e7e5", "#1b3637"],
  "--accent-2": ["#86bab8", "#2f6a6a"],
  "--accent-3": ["#2f8486", "#57aeab"],
  "--accent-band": ["#07565a24", "#74d6d030"],
  "--variant": ["#2c489a", "#a6bfff"],
  "--variant-band": ["#2c489a1f", "#a6bfff26"],
  "--published": ["#5e3190", "#d2b1f4"],
  "--cohort": ["#465351", "#b4c3c0"],
  "--caution-ground": ["#fdf3da", "#2e2610"],
  "--caution-line": ["#b97a06", "#d5a23a"],
  "--caution-ink": ["#4d3200", "#f8dfa8"],
} as const;

/** A colour as the format has it: six hex digits without a sign, and transparency in percent. */
export interface Paint {
  color: string;
  transparency: number;
}

export interface Palette {
  scheme: Scheme;
  of: (token: Token) => Paint;
  /** by the meanings of a chart */
  ink: (ink: Ink) => Paint;
}

export function paletteOf(scheme: Scheme): Palette {
  const of = (token: Token): Paint => paintOf(TOKENS[token][scheme === "light" ? 0 : 1]);
  return { scheme, of, ink: (ink) => of(TOKEN[ink] as Token) };
}

function paintOf(hex: string): Paint {
  const alpha = hex.length === 9 ? parseInt(hex.slice(7), 16) / 255 : 1;
  return { color: hex.slice(1, 7).toUpperCase(), transparency: 100 * (1 - alpha) };
}
