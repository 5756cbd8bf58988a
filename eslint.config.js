import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { importX } from "eslint-plugin-import-x";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

/** Imports go one way: renderer → api types and words; api → prognosis, study; shell, cli → api; prognosis → nothing. */
const from = (target, except, message) => ({ target, from: "./src-main", except, message });
const zones = [
  from("./src-main/prognosis", ["./prognosis"], "the core imports nothing but itself"),
  from("./src-main/study", ["./study", "./prognosis"], "study imports the core only"),
  from("./src-main/api", ["./api", "./prognosis", "./study"], "the api imports core and study only"),
  from("./src-main/words", ["./words", "./prognosis", "./api"], "words know codes and facts only"),
  from(
    "./src-main/shell",
    ["./shell", "./api", "./study/programFile.ts"],
    "the shell reaches the program through the api",
  ),
  from(
    "./src-main/cli",
    ["./cli", "./api", "./prognosis", "./study", "./words"],
    "the command line is a host",
  ),
  {
    target: "./src-renderer/!(host)/**/*",
    from: "./src-main",
    except: ["./api/contract.ts", "./words"],
    message: "the renderer knows the contract and the words, nothing else",
  },
  { target: "./src-main", from: "./src-renderer", message: "nothing imports the renderer" },
];

const ipc = (allowed) => ({
  "no-restricted-syntax": [
    "error",
    ...[
      ["ipcMain", "api/electronBinding.ts"],
      ["ipcRenderer", "preload.ts"],
    ]
      .filter(([name]) => !allowed.includes(name))
      .map(([name, place]) => ({
        selector: `MemberExpression[object.name='${name}']`,
        message: `${name} is used in ${place} only`,
      })),
    { selector: "CallExpression[callee.name='eval']", message: "no code from text" },
  ],
});

export default ts.config(
  { ignores: ["dist/", "release/", "node_modules/", "test/output/"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked.map((config) => ({ ...config, files: ["**/*.ts", "**/*.svelte"] })),
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    files: ["**/*.ts", "**/*.svelte"],
    plugins: { "import-x": importX },
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: [".svelte"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // Indexing typed arrays is what the numerical code does; the compiler's index check makes each `!` visible.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "no-console": ["error", { allow: ["error", "warn"] }],
      eqeqeq: "error",
      ...ipc([]),
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: globals.browser },
  },
  {
    files: ["**/*.svelte"],
    rules: {
      // ESLint sees components as `any`; svelte-check types them.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
      // Svelte's $props and $bindable are declared together with let.
      "prefer-const": ["error", { destructuring: "all" }],
    },
  },
  {
    files: ["src-main/prognosis/**", "src-main/study/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        ...["exp", "expm1", "log", "log1p", "pow", "sin", "cos"].map((property) => ({
          object: "Math",
          property,
          message: "engines differ in its last bit: every edition must give the same numbers",
        })),
      ],
    },
  },
  { files: ["src-main/api/electronBinding.ts"], rules: ipc(["ipcMain"]) },
  { files: ["src-main/preload.ts"], rules: ipc(["ipcRenderer"]) },
  {
    files: ["src-main/start/**", "src-main/cli/**", "src-main/study/build.ts", "test/**"],
    rules: { "no-console": "off" },
  },
  { files: ["*.js"], languageOptions: { globals: globals.node } },
);
