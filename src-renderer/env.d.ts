/** The version in package.json, put in by Vite. */
declare const APP_VERSION: string;
/** The day of its release, "2026-01-31", or null while it is not released; put in by Vite. */
declare const RELEASED: string | null;
