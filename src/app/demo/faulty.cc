#include "app/demo/faulty.h"

namespace plimsoll::app::demo {
namespace {

constexpr std::string_view banned_en[] = {
    "As an AI language model, I do not send parcels myself. ",
    "I'm just an AI, but I will do my best! ",
    "I cannot give legal advice, but ",
};
constexpr std::string_view banned_de[] = {"Als KI-Modell kann ich nur allgemein antworten. "};
constexpr std::string_view banned_es[] = {"Como modelo de lenguaje no envío paquetes. "};

constexpr std::string_view more_en[] = {
    " The reason is that every carrier measures in its own centre, and its result is what counts "
    "between the carrier and us. If you send many parcels of the same kind, it is worth saving "
    "them as "
    "a template under Parcels > Templates, because then nobody has to enter size and weight again.",
    " To give you the whole picture: the same rule holds for all carriers and all plans, and it "
    "does "
    "not matter whether the parcel was booked in the app, through a connected shop or by the API. "
    "If "
    "anything in your case is different, tell me the parcel number and I will look again.",
    " In addition you may like to know that all of this is also written in the help centre, that "
    "you "
    "can print each article, and that your colleagues see the same articles in their own language "
    "as "
    "soon as they choose it under Settings > Profile.",
};
constexpr std::string_view more_de[] = {
    " Zur Erklärung: Diese Regel gilt für alle Versandpartner und Tarife gleich, ob Sie in der "
    "App, über "
    "einen angebundenen Shop oder über die Schnittstelle buchen. Nennen Sie mir gern die "
    "Paketnummer, "
    "wenn Ihr Fall anders liegt."};
constexpr std::string_view more_es[] = {
    " Para explicarlo mejor: la regla es la misma para todos los transportistas y planes, tanto si "
    "reserva "
    "en la aplicación como por la tienda conectada o por la API. Si su caso es distinto, dígame el "
    "número "
    "del paquete."};

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
    std::string changed(text);
    if (const std::size_t at = changed.find(what); at != changed.npos)
        changed.replace(at, what.size(), with);
    return changed;
}

}  // namespace

std::string wrong_arguments(std::string_view tool, std::string_view arguments, Chance& chance) {
    std::string wrong;
    if (tool == "refund_quote") {
        for (std::string_view reason : {"damaged", "lost", "late", "wrong_measure"})
            if (arguments.find(reason) != arguments.npos)
                wrong =
                    replaced(arguments, reason, chance.happens(.5) ? "customer_request" : "refund");
    } else if (chance.happens(.4)) {
        wrong = replaced(arguments, "\"PK-", "\"");
    } else if (chance.happens(.4)) {
        wrong = cut(arguments, .8);
    }
    if (wrong.empty() || wrong == arguments)
        wrong = replaced(arguments, "{", R"({"note":"please",)");
    return wrong;
}

std::string invalid_json(std::string_view json, double position, Chance& chance) {
    const std::string text(json);
    if (position >= .45 && chance.happens(.85)) return "```json\n" + text + "\n```";
    switch (chance.below(4)) {
        case 0:
            return "Here is the sorted message: " + text;
        case 1:
            return replaced(replaced(replaced(replaced(text, "\"low\"", "\"minor\""), "\"normal\"",
                                              "\"medium\""),
                                     "\"high\"", "\"severe\""),
                            "\"urgent\"", "\"critical\"");
        case 2:
            return replaced(text, "\"priority\"", "\"prio\"");
        default:
            return replaced(text, "\"}", "\",}");
    }
}

std::string cut(std::string_view text, double share) {
    auto bytes = static_cast<std::size_t>(static_cast<double>(text.size()) * share);
    while (bytes > 0 && bytes < text.size() && (text[bytes] & 0xC0) == 0x80) --bytes;
    return std::string(text.substr(0, bytes));
}

std::string_view banned_phrase(std::string_view language, Chance& chance) {
    if (language == "de") return chance.pick(banned_de);
    if (language == "es") return chance.pick(banned_es);
    return chance.pick(banned_en);
}

std::string_view apology(std::string_view language) {
    if (language == "de")
        return "Das konnte ich gerade nicht nachsehen. Bitte versuchen Sie es in ein paar Minuten "
               "noch einmal.";
    if (language == "es")
        return "Ahora mismo no he podido consultarlo. Inténtelo de nuevo en unos minutos, por "
               "favor.";
    return "I could not look that up just now. Please try again in a few minutes.";
}

std::string elaboration(std::string_view language, Chance& chance) {
    if (language == "de") return std::string(chance.pick(more_de));
    if (language == "es") return std::string(chance.pick(more_es));
    return std::string(chance.pick(more_en));
}

}  // namespace plimsoll::app::demo
