import type { Answer, Result } from "../../src-main/api/contract.ts";
import { savedNotice, savingTrouble } from "../../src-main/words/saving.ts";
import { screen } from "../../src-main/words/screen.ts";
import type { AppState } from "../appState.svelte.ts";
import type { NewCase, Pair } from "../board/boardState.svelte.ts";
import type { ChartView } from "../chart/chartView.ts";
import { tableOf } from "../chart/table.ts";
import type { Saved } from "../host/host.svelte.ts";
import type { FooterLine } from "./footer.ts";
import { footerLine } from "./footer.ts";

/** A chart that leaves the program, with the words that go with it. */
export interface ChartToExport {
  chart: ChartView;
  title: string;
  /** whose it is and what it says, in one line */
  subtitle: string;
  /** what must be read with it, a sentence each */
  cautions: string[];
  /** name of a file, without its ending */
  name: string;
}

/**
 * Copying, saving and putting on the board, as every room with a chart offers them, and what became of the last of it.
 * What is heavy is fetched when it is asked for: the form is what the first second is for.
 */
export class Exports {
  notice = $state("");
  /** the label under which the patient was put on the board just now */
  addedAs = $state<string | null>(null);
  readonly #app: AppState;
  #subject: unknown = null;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** A notice is about the patient for whom it was made: another one has none. */
  turnTo(subject: unknown): void {
    if (subject !== this.#subject) this.#say("");
    this.#subject = subject;
  }

  /** A patient of a case goes under the label of the case. */
  async addToBoard(entered: NewCase): Promise<void> {
    const open = this.#app.cases?.current;
    const [{ boardOf }, { fromForm }] = await Promise.all([
      import("../board/boardState.svelte.ts"),
      import("../board/newCase.ts"),
    ]);
    const board = boardOf(this.#app.host);
    const patient = fromForm(entered, open);
    const same = board.sameAs(patient);
    const { label } = board.add(patient);
    this.#say(same ? screen.actions.addedAgain(label, same.label) : screen.actions.added(label), label);
  }

  /** Keeps an estimate with the case that is open, as it is at this moment. */
  keepEstimate(answer: Answer): void {
    const cases = this.#app.cases;
    if (!cases?.current) return;
    const kept = cases.keepEstimate(answer);
    this.#say(kept ? screen.inCase.keptEstimate : screen.inCase.noRoom);
  }

  /** Keeps two versions of the patient with the case: the board shows them, and Compare has them again. */
  keepComparison(comparison: Pair): void {
    const cases = this.#app.cases;
    if (!cases?.current) return;
    cases.edit({ comparison }, "comparison");
    this.#say(screen.inCase.keptComparison);
  }

  /** Puts the chart on the clipboard as a picture. */
  async copyPicture(what: ChartToExport): Promise<void> {
    const footer = this.#footer();
    if (!footer) return;
    try {
      // The picture as a promise: Safari forgets the user's click over an await.
      const item = new ClipboardItem({ "image/png": pictureFrom(what, footer) });
      await navigator.clipboard.write([item]);
      this.#say(screen.actions.copied);
    } catch {
      this.#say(screen.actions.notCopied);
    }
  }

  async savePicture(what: ChartToExport): Promise<void> {
    const footer = this.#footer();
    if (!footer) return;
    const picture = await pictureFrom(what, footer);
    const bytes = new Uint8Array(await picture.arrayBuffer());
    const name = screen.picture.fileName(what.name, "png");
    this.tell(await this.#app.host.saveFile({ name, mimeType: "image/png", bytes }));
  }

  /** All points of the chart and what they are, for a spreadsheet or a script. */
  async saveData({ chart, title, subtitle, cautions, name: what }: ChartToExport): Promise<void> {
    const footer = this.#footer();
    if (!footer) return;
    const { bytesOf, csvOf } = await import("./csv.ts");
    const remarks = [
      title,
      subtitle,
      screen.picture.columns,
      ...(chart.assumedShape ? [screen.chart.assumedShape(chart.maxMonths)] : []),
      screen.notForecast,
      screen.chart.reconstructed,
      ...cautions,
      footer.left,
      footer.right,
    ];
    const name = screen.picture.fileName(what, "csv");
    const bytes = bytesOf(csvOf(tableOf(chart), remarks));
    this.tell(await this.#app.host.saveFile({ name, mimeType: "text/csv", bytes }));
  }

  /** Says what became of a file. */
  tell(result: Result<Saved>): void {
    this.#say(result.ok ? savedNotice(result.value) : savingTrouble(result));
  }

  /** The entries of a menu for the chart that is shown when one of them is chosen. */
  itemsFor(shown: () => ChartToExport | null): { label: string; hint?: string; onselect: () => void }[] {
    const withShown = (run: (what: ChartToExport) => Promise<void>) => (): void => {
      // What is dimmed is not what is typed any more.
      const what = this.#app.estimate.stale ? null : shown();
      if (what) void run(what);
    };
    return [
      { label: screen.actions.copyPicture, onselect: withShown((what) => this.copyPicture(what)) },
      {
        label: screen.actions.savePicture,
        hint: screen.fileKind.png,
        onselect: withShown((what) => this.savePicture(what)),
      },
      {
        label: screen.actions.saveData,
        hint: screen.fileKind.csv,
        onselect: withShown((what) => this.saveData(what)),
      },
    ];
  }

  #footer(): FooterLine | null {
    return this.#app.about && footerLine(this.#app.about);
  }

  #say(notice: string, addedAs: string | null = null): void {
    this.notice = notice;
    this.addedAs = addedAs;
  }
}

/** The chart as a PNG with its title, the patient's values and the footer line. */
async function pictureFrom(
  { chart, title, subtitle, cautions }: ChartToExport,
  { left, right }: FooterLine,
): Promise<Blob> {
  const { pictureOf } = await import("./picture.ts");
  return pictureOf(chart, {
    title,
    subtitle,
    cautions,
    footer: [screen.notForecast, screen.chart.reconstructed, left, right],
    axisTitle: screen.chart.months,
  });
}
