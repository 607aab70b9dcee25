#include "app/demo/stories.h"

namespace plimsoll::app::demo {

std::vector<Story> german_stories() {
    constexpr Feature help = Feature::help_chat;
    return {
        {help,
         "de",
         "pickup",
         {{"Bis wann kann ich heute noch eine Abholung buchen?",
           "Bis 11:00 Uhr. Eine Abholung kostet 3,20, ab acht Paketen nichts.",
           {"kb-004"},
           {}},
          {"Und wenn ich sie verschieben muss?",
           "Einmal ist das kostenlos, bis eine Stunde vor Beginn des Zeitfensters.",
           {"kb-004"},
           {}}}},
        {help,
         "de",
         "claims",
         {{"Das Paket an unsere Kundin in <city> ist beschädigt angekommen. Was brauchen Sie?",
           "Drei Fotos innerhalb von sieben Tagen: Karton von außen, Polsterung und Ware. Bitte "
           "bewahren Sie "
           "alles auf, bis der Fall abgeschlossen ist.",
           {"kb-009"},
           {}},
          {"Wie lange dauert die Entscheidung?", "Höchstens acht Arbeitstage.", {"kb-009"}, {}}}},
        {help,
         "de",
         "customs",
         {{"Brauche ich für die Schweiz eine Zollerklärung?",
           "Ja. Außerhalb der Zollunion ist eine Inhaltsliste mit Zolltarifnummer, Wert und "
           "Ursprung nötig; das "
           "Formular CN23 wird automatisch gedruckt.",
           {"kb-015"},
           {}},
          {"Wer bezahlt die Abgaben?",
           "Der Empfänger, außer Sie buchen „Abgaben bezahlt“ für 6,50 zuzüglich der Abgaben.",
           {"kb-015"},
           {}}}},
        {help,
         "de",
         "returns",
         {{"Können Kunden bei uns selbst ein Retourenetikett erstellen?",
           "Ja, über das Retourenportal unter Retouren > Portal. Nicht benutzte Etiketten werden "
           "nicht "
           "berechnet.",
           {"kb-011"},
           {}}}},
        {help,
         "de",
         "billing",
         {{"Warum steht auf der Rechnung ein Zuschlag für Nachmessung?",
           "Weil das Paket mehr als 250 g oder 3 cm über der Buchung lag. Sie können innerhalb von "
           "14 Tagen unter "
           "Rechnungen > Messungen widersprechen.",
           {"kb-002", "kb-014"},
           {}},
          {"Das stimmt nicht, bitte an einen Menschen weitergeben!",
           "Ich habe das Ticket T-<ticket> angelegt. Sie erhalten innerhalb eines Arbeitstags eine "
           "Antwort.",
           {"kb-025"},
           ToolUse{
               "create_ticket",
               R"({"subject":"Widerspruch gegen Nachmessung","priority":"normal","order_id":"<order>"})",
               R"({"ticket":"T-<ticket>","state":"open"})"}}}},
        {Feature::order_desk,
         "de",
         "tracking",
         {{"Wo ist die Sendung <order>?",
           "Die Sendung <order> ist unterwegs, zuletzt in <city>, und wird am <date> erwartet.",
           {},
           ToolUse{
               "order_status", R"({"order_id":"<order>"})",
               R"({"order_id":"<order>","state":"in_transit","place":"<city>","expected":"<date>"})"}},
          {"Kann die Abholung <pickup> auf den <date> nachmittags gelegt werden?",
           "Ja, die Abholung <pickup> ist jetzt für den <date> zwischen 12 und 16 Uhr gebucht.",
           {"kb-004"},
           ToolUse{"change_pickup",
                   R"({"pickup_id":"<pickup>","date":"<date>","window":"afternoon"})",
                   R"({"pickup_id":"<pickup>","moved":true,"fee":0})"}}}},
        {Feature::ticket_triage,
         "de",
         "triage",
         {{"Seit heute Morgen lassen sich keine Etiketten mehr drucken, bei allen Kollegen. Wir "
           "haben über 60 "
           "Pakete hier stehen!! <name>, <company>",
           R"({"category":"technical","priority":"urgent","language":"de","summary":"Label printing fails for all users; more than 60 parcels are waiting."})",
           {},
           {}}}},
        {Feature::reply_draft,
         "de",
         "draft",
         {{"Käufer fragt, warum die Rückerstattung für <order> noch nicht da ist. Retoure ist am "
           "<date> "
           "angekommen.",
           "Guten Tag <name>,\n\nIhre Rücksendung zu <order> ist am <date> bei uns angekommen. Die "
           "Erstattung läuft "
           "über den Zahlungsanbieter unseres Shops und wird gestartet, sobald die Rücksendung "
           "freigegeben "
           "ist.\n\nThe Pakkolin team",
           {"kb-012", "kb-011"},
           {}}}},
    };
}

}  // namespace plimsoll::app::demo
