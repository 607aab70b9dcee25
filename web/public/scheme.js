// Sets the colour scheme before the first paint, so that the dark page never flashes white. A file
// of its own because the content security policy allows no inline script.
(function () {
    var chosen = null;
    try { chosen = localStorage.getItem("plimsoll-scheme"); } catch (error) { /* Storage is off. */ }
    var dark = chosen === "dark" ||
        (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
