/// access_prompt.tsx: asks once for the access key, when the server wants one. The key stays in this
/// tab's session storage.
import { Button, Modal, PasswordInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refusal, access_key, keep_access_key } from "../../api/client";
import { status_query } from "../../api/queries";

export function AccessPrompt() {
    const client = useQueryClient();
    const { error } = useQuery(status_query());
    const wanted = error instanceof Refusal && (error.status === 401 || error.status === 403);
    const [key, set_key] = useState("");
    if (!wanted) return null;
    const refused = access_key() !== "";
    return (
        <Modal opened onClose={() => undefined} withCloseButton={false} title="Access key" centered overlayProps={{ blur: 2 }}>
            <form onSubmit={(event) => {
                event.preventDefault();
                keep_access_key(key.trim());
                void client.resetQueries();
            }}>
                <p className="muted small" style={{ marginBottom: 12 }}>This server asks for a key. One that may read is made by <code>plimsoll key create --role read</code>.</p>
                <PasswordInput label="Key" value={key} onChange={(event) => set_key(event.currentTarget.value)} autoFocus autoComplete="off"
                               error={refused ? error.message : null} data-autofocus />
                <Button type="submit" fullWidth mt="md" disabled={key.trim() === ""}>Continue</Button>
            </form>
        </Modal>
    );
}
