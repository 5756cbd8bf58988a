import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DamagedFileError, readProgramFile } from "../../src-main/study/programFile.ts";
import { describeStartUpFailure } from "../../src-main/shell/startUpFailure.ts";
import { boxes } from "../../src-main/words/window.ts";

describe("a file of the program", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hg-nen-file-"));
    await writeFile(path.join(folder, "whole.json"), `{ "a": 1 }`);
    await writeFile(path.join(folder, "cut.json"), `{ "a": `);
    await writeFile(path.join(folder, "empty.json"), "");
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is read and checked", () => {
    const read = readProgramFile(path.join(folder, "whole.json"), (data) => ({ checked: data }));
    expect(read).toEqual({ checked: { a: 1 } });
  });

  it.each(["missing.json", "cut.json", "empty.json"])("%s is named as damaged", (name) => {
    const file = path.join(folder, name);
    expect(() => readProgramFile(file, (data) => data)).toThrow(DamagedFileError);
    expect(() => readProgramFile(file, (data) => data)).toThrow(file);
  });

  it("is damaged when it fails its check, with the reason", () => {
    const file = path.join(folder, "whole.json");
    const refuse = (): never => {
      throw new Error("another study");
    };
    expect(() => readProgramFile(file, refuse)).toThrow(`${file}: another study`);
    expect(() => readProgramFile(file, refuse)).toThrow(DamagedFileError);
  });
});

describe("what the user reads when the program cannot start", () => {
  it("names the damaged file and what to do", () => {
    const damaged = new DamagedFileError("/app/study.json", new Error("no JSON"));
    const { title, content } = describeStartUpFailure(damaged, boxes.startUp);
    expect(title).toBe("HG-NEN Prognosis cannot start");
    expect(content).toContain("/app/study.json: no JSON");
    expect(content).toContain("Install the program again");
  });

  it("gives whatever else has happened in its own words", () => {
    expect(describeStartUpFailure(new Error("no memory"), boxes.startUp).content).toContain("no memory");
    expect(describeStartUpFailure("odd", boxes.startUp).content).toContain("odd");
  });
});
