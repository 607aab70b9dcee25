/// copy_button.tsx: copies exactly what was sent, marks and all left out.
import { ActionIcon, Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { Copy, Tick } from "./icons";

export function CopyButton({ text, label }: { text: string; label: string }) {
    const [copied, set_copied] = useState(false);
    useEffect(() => {
        if (!copied) return;
        const timer = setTimeout(() => set_copied(false), 1500);
        return () => clearTimeout(timer);
    }, [copied]);
    return (
        <Tooltip label={copied ? "Copied" : label} openDelay={0}>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={copied ? "Copied" : label}
                        onClick={() => void copy(text).then(set_copied)}>
                {copied ? <Tick size={14} /> : <Copy size={14} />}
            </ActionIcon>
        </Tooltip>
    );
}

/// The clipboard is only there over https and on this machine; elsewhere a selection is copied.
async function copy(text: string): Promise<boolean> {
    try {
        await navigator.clipboard.writeText(text);
        return true;
    } catch {
        const field = document.createElement("textarea");
        field.value = text;
        field.style.position = "fixed";
        field.style.opacity = "0";
        document.body.append(field);
        field.select();
        const done = document.execCommand("copy");
        field.remove();
        return done;
    }
}
