import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Nothing but our own files may run or be fetched, whatever a trace holds. Styles may stand in
// attributes, since the component library puts them there; scripts may not.
const content_security_policy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:", "font-src 'self'", "connect-src 'self'", "manifest-src 'self'",
    "base-uri 'none'", "form-action 'none'",
].join("; ");

export default defineConfig(({ command }) => ({
    plugins: [
        react(),
        {
            name: "content-security-policy",
            // Not while developing: Vite's own refresh script stands inline.
            transformIndexHtml: () => command === "serve" ? [] : [{
                tag: "meta", injectTo: "head-prepend" as const,
                attrs: { "http-equiv": "Content-Security-Policy", content: content_security_policy },
            }],
        },
    ],
    build: { target: "es2022", chunkSizeWarningLimit: 900, modulePreload: { polyfill: false },
             assetsInlineLimit: 0, reportCompressedSize: false },
    server: { port: 5173, proxy: { "/api": process.env.PLIMSOLL_URL ?? "http://127.0.0.1:4320" } },
    test: { include: ["src/**/*_test.{ts,tsx}"], environment: "node", css: true },
}));
