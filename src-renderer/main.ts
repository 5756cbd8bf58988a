import { mount } from "svelte";
import App from "./App.svelte";
import { connectHost } from "./host/host.svelte.ts";
import { fitPrintToScreen } from "./ui/print.ts";
import "./ui/tokens.css";

fitPrintToScreen();

mount(App, { target: document.getElementById("app")!, props: { host: connectHost() } });
