import { ActionIcon, CopyButton as Copier, Tooltip } from "@mantine/core";
import { Copy, Tick } from "./icons";

/// Copies exactly what was sent, marks and all left out.
export function CopyButton({ text, label }: { text: string; label: string }) {
    return (
        <Copier value={text} timeout={1500}>
            {({ copied, copy }) => (
                <Tooltip label={copied ? "Copied" : label} openDelay={0}>
                    <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={copied ? "Copied" : label}>
                        {copied ? <Tick size={14} /> : <Copy size={14} />}
                    </ActionIcon>
                </Tooltip>
            )}
        </Copier>
    );
}
