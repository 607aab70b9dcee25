/// shell.tsx: the bar that is on every page, the warnings below it, and the page.
import { ActionIcon, Tooltip, useMantineColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import { NavLink, Outlet, useLocation } from "react-router-dom";
import { Half, Mark, Moon, Sun } from "../components/icons";
import { AccessPrompt } from "../features/access/access_prompt";
import { StatusStrip, StatusWarnings } from "../features/status/status_strip";
import { Live } from "./live";
import style from "./shell.module.css";

const pages = [["/", "Scorecard"], ["/alerts", "Alerts"], ["/interactions", "Interactions"], ["/evaluators", "Evaluators"], ["/label", "Label"], ["/records", "Records"]] as const;

export function Shell() {
    const top = useRef<HTMLDivElement>(null);
    const { pathname } = useLocation();
    useEffect(() => {  // Pages that fill the window need to know what is above them.
        const element = top.current;
        if (!element) return;
        const watch = new ResizeObserver(() => document.documentElement.style.setProperty("--above", `${element.offsetHeight}px`));
        watch.observe(element);
        return () => watch.disconnect();
    }, []);
    useEffect(() => {
        const page = pages.find(([path]) => path === pathname)?.[1];
        document.title = `${page ?? (pathname.startsWith("/interactions/") ? "Interaction" : pathname.startsWith("/alerts/") ? "Alert" : pathname.startsWith("/dimensions/") ? "Dimension" : "Plimsoll")} · Plimsoll`;
    }, [pathname]);
    return (
        <>
            <a href="#main" className="skip">Skip to the content</a>
            <Live />
            <AccessPrompt />
            <div ref={top} className={style.top}>
                <header className={style.bar}>
                    <NavLink to="/" className={style.brand} aria-label="Plimsoll, to the scorecard"><Mark size={22} /><span>Plimsoll</span></NavLink>
                    <nav aria-label="Pages" className={style.nav}>
                        {pages.map(([path, name]) => <NavLink key={path} to={path} end={path === "/"} className={({ isActive }) => isActive ? style.here : ""}>{name}</NavLink>)}
                    </nav>
                    <div className={style.right}><StatusStrip /><SchemeButton /></div>
                </header>
                <StatusWarnings />
            </div>
            <Outlet />
        </>
    );
}

/// By the system, light, dark, and round again.
function SchemeButton() {
    const { colorScheme, setColorScheme } = useMantineColorScheme();
    const next = { auto: "light", light: "dark", dark: "auto" } as const;
    const says = { auto: "Colours: by the system", light: "Colours: light", dark: "Colours: dark" };
    const Sign = { auto: Half, light: Sun, dark: Moon }[colorScheme];
    return (
        <Tooltip label={says[colorScheme]}>
            <ActionIcon variant="subtle" color="gray" size={30} aria-label={`${says[colorScheme]}. Change`} onClick={() => setColorScheme(next[colorScheme])}><Sign /></ActionIcon>
        </Tooltip>
    );
}
