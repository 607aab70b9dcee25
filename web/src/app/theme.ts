/// theme.ts: the component library in our colours. Its own greys are replaced in tokens.css terms.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const sea: MantineColorsTuple = ["#eaf5f8", "#d3e8ee", "#a9d3df", "#7bbccf", "#52a7bf", "#3394b0",
                                 "#1b7a94", "#0e5a70", "#0a4656", "#06323e"];

const slate: MantineColorsTuple = ["#e3eaee", "#aebbc4", "#8b9aa5", "#5b6a74", "#3a4a54", "#2b3840",
                                   "#182127", "#151d22", "#10171b", "#0b1013"];

export const theme = createTheme({
    primaryColor: "sea",
    primaryShade: { light: 7, dark: 4 },
    colors: { sea, dark: slate },
    fontFamily: "var(--sans)",
    fontFamilyMonospace: "var(--mono)",
    defaultRadius: "sm",
    cursorType: "pointer",
    respectReducedMotion: true,
    autoContrast: true,
    fontSizes: { xs: "12px", sm: "13px", md: "14px" },
    components: {
        Tooltip: { defaultProps: { openDelay: 250, withArrow: false, multiline: true, maw: 380, fz: 12.5, events: { hover: true, focus: true, touch: true } } },
        Popover: { defaultProps: { shadow: "md", radius: "md" } },
    },
});

const ours = {
    "--mantine-color-body": "var(--paper)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-3)",
    "--mantine-color-default": "var(--raised)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--ink)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-placeholder": "var(--ink-3)",
    "--mantine-color-error": "var(--fail)",
};

export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
