import { meant, SHORTEST, suggestPassphrase } from "../store/passphrase.ts";

/** As the cipher reads it: see crypto.ts. */
const normal = (text: string): string => text.normalize("NFKC").trim();
const lengthOf = (text: string): number => Array.from(normal(text)).length;

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
  readonly different = $derived(normal(this.first) !== normal(this.again));
  /** to be used, or null while something is missing */
  readonly value = $derived.by(() => {
    if (!this.kept) return null;
    if (this.way === "suggested") return this.suggestion;
    // One of one's own may look like a suggested one: it is taken as unlocking will take it.
    return this.tooShort || this.different ? null : meant(this.first);
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
