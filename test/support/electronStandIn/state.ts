import type { CustomScheme, IpcMain, MenuItemConstructorOptions, Protocol, Session } from "electron";
import type { ScriptedDisplay } from "./command.ts";
import { display } from "./command.ts";

export type ResourceHandler = Parameters<Protocol["handle"]>[1];
export type RequestFilter = NonNullable<Parameters<Session["webRequest"]["onBeforeRequest"]>[0]>;
export type PermissionCheck = NonNullable<Parameters<Session["setPermissionCheckHandler"]>[0]>;
export type PermissionRequest = NonNullable<Parameters<Session["setPermissionRequestHandler"]>[0]>;
export type InvokeHandler = Parameters<IpcMain["handle"]>[1];

/** What the app has set for a session. */
export interface SessionSide {
  /** nothing of it is written to the profile */
  inMemory: boolean;
  resources: ResourceHandler | null;
  requestFilter: RequestFilter | null;
  permissionCheck: PermissionCheck | null;
  permissionRequest: PermissionRequest | null;
}

/** What the app has set up so far. */
export const state = {
  ready: false,
  sandboxed: false,
  /** switches for Chromium's command line */
  switches: [] as string[],
  schemes: [] as CustomScheme[],
  /** until a test says otherwise: one display */
  displays: [display(1, { x: 0, internal: true })] as ScriptedDisplay[],
  /** what the next save dialogs are answered with */
  dialogAnswers: [] as (string | null)[],
  /** what the next dialogs for a file to open are answered with */
  openAnswers: [] as (string | null)[],
  menu: [] as MenuItemConstructorOptions[],
  /** the buttons that the next message boxes are answered with */
  boxAnswers: [] as number[],
  /** whether the system's keychain answers */
  keychainAnswers: true,
  invokeHandlers: new Map<string, InvokeHandler>(),
};
