import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import ts from "typescript-eslint";

/** Imports go one way: renderer → contract and words; shell, cli → api; api → prognosis, study; prognosis → nothing. */
const imports = (files, regex, message) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns: [{ regex, message }] }] },
});
/** A folder of src-main that may reach the named ones beside itself; packages are free. */
const mayReach = (folder, others, message) =>
  imports([`src-main/${folder}/**`], `^(\\.\\./)+(?!${others.join("|")})`, message);
const directions = [
  imports(["src-main/prognosis/**"], "^(?!\\./)", "the core imports nothing but itself"),
  mayReach("study", ["prognosis/"], "study reaches the core only"),
  mayReach("api", ["prognosis/", "study/"], "the api reaches core and study only"),
  mayReach("words", ["prognosis/", "api/"], "words know codes and facts only"),
  mayReach("shell", ["api/", "study/programFile"], "the shell reaches the program through the api"),
  mayReach("cli", ["api/", "prognosis/", "study/", "words/"], "the command line is a host"),
  mayReach("packaging", ["study/schema", "start/runtime"], "packaging knows files, not the program"),
  imports(
    ["src-renderer/**"],
    "src-main/(?!api/contract\\.ts|words/)",
    "the renderer knows the contract and the words, nothing else",
  ),
  imports(
    ["src-renderer/host/**"],
    "src-main/(shell|cli|start)/",
    "the web edition's host is built of api and core",
  ),
  // A build is no part of what it builds.
  { files: ["src-renderer/vite.config.ts"], rules: { "no-restricted-imports": "off" } },
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
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: [".svelte"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
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
  ...directions,
  { files: ["src-main/api/electronBinding.ts"], rules: ipc(["ipcMain"]) },
  { files: ["src-main/preload.ts"], rules: ipc(["ipcRenderer"]) },
  {
    files: [
      "src-main/start/**",
      "src-main/cli/**",
      "src-main/packaging/**",
      "src-main/study/build.ts",
      "test/**",
    ],
    rules: { "no-console": "off" },
  },
  { files: ["*.js"], languageOptions: { globals: globals.node } },
);
