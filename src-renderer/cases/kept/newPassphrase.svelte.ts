import { normal } from "../store/crypto.ts";
import { SHORTEST, suggestPassphrase } from "../store/passphrase.ts";

const lengthOf = (text: string): number => Array.from(normal(text)).length;
/** How many different ones there are. */
const signsOf = (text: string): number =>
  Array.from(normal(text)).filter((sign, i, all) => all.indexOf(sign) === i).length;

const FEWEST_SIGNS = 6;

/** A passphrase that is being chosen: a suggested one, or one's own that is typed twice. */
export class NewPassphrase {
  way = $state<"suggested" | "own">("suggested");
  suggestion = $state(suggestPassphrase());
  first = $state("");
  again = $state("");
  /** the user says that it is kept somewhere */
  kept = $state(false);

  readonly length = $derived(lengthOf(this.first));
  readonly tooShort = $derived(this.length < SHORTEST);
  /** a few signs over and over are guessed first */
  readonly tooPlain = $derived(!this.tooShort && signsOf(this.first) < FEWEST_SIGNS);
  readonly different = $derived(normal(this.first) !== normal(this.again));
  /** to be used, or null while something is missing */
  readonly value = $derived.by(() => {
    if (!this.kept) return null;
    if (this.way === "suggested") return this.suggestion;
    return this.tooShort || this.tooPlain || this.different ? null : this.first;
  });

  /** Another passphrase is another thing to keep. */
  choose(way: "suggested" | "own"): void {
    this.way = way;
    this.kept = false;
  }

  suggestAnother(): void {
    this.suggestion = suggestPassphrase();
    this.kept = false;
  }

  /** SECURITY: nothing of it stays in a field after it is used. */
  clear(): void {
    this.first = "";
    this.again = "";
    this.suggestAnother();
  }
}
