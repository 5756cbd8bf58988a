import { describe, expect, it } from "vitest";
import { readArguments } from "../../src-main/cli/arguments.ts";
import { troubleOf } from "./support.ts";

const read = (line: string) => readArguments(line.split(" ").filter((word) => word !== ""));

describe("the command line", () => {
  it.each([
    ["a.csv", { file: "a.csv", format: null, out: null }],
    ["-", { file: "-", format: null, out: null }],
    ["a.csv --format json --out b", { file: "a.csv", format: "json", out: "b" }],
    ["--out=b --format=csv a.csv", { file: "a.csv", format: "csv", out: "b" }],
    ["a.csv --out -", { file: "a.csv", format: null, out: null }],
    ["--out=--odd -- --a.csv", { file: "--a.csv", format: null, out: "--odd" }],
  ])("reads %s", (line, command) => {
    expect(read(line)).toEqual({ kind: "estimate", ...command });
  });

  it.each([
    ["--help", "help"],
    ["a.csv --help", "help"],
    ["--version", "version"],
  ])("reads %s", (line, kind) => {
    expect(read(line)).toEqual({ kind });
  });

  it.each([
    ["", { code: "no-file" }],
    ["a b", { code: "too-many-files", argument: "b" }],
    ["a --formats json", { code: "unknown-option", option: "--formats" }],
    ["a -f json", { code: "unknown-option", option: "-f" }],
    ["a --constructor", { code: "unknown-option", option: "--constructor" }],
    ["a --out", { code: "option-without-value", option: "--out" }],
    ["a --out --format json", { code: "option-without-value", option: "--out" }],
    ["a --out=", { code: "option-without-value", option: "--out" }],
    ["a --help=yes", { code: "option-with-value", option: "--help" }],
    ["a --out b --out c", { code: "option-repeated", option: "--out" }],
    ["a --format xml", { code: "unknown-format", format: "xml", allowed: ["text", "json", "csv"] }],
  ])("refuses %j", async (line, trouble) => {
    expect(await troubleOf(() => Promise.resolve().then(() => read(line)))).toEqual(trouble);
  });
});
