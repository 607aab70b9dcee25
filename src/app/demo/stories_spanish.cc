#include "app/demo/stories.h"

namespace plimsoll::app::demo {

std::vector<Story> spanish_stories() {
    constexpr Feature help = Feature::help_chat;
    return {
        {help,
         "es",
         "sending",
         {{"¿Puedo enviar perfumes?",
           "Sí, en frascos de hasta 100 ml. Los más grandes no se aceptan; si se encuentran, el "
           "paquete queda "
           "retenido cinco días laborables y usted paga la vuelta.",
           {"kb-003"},
           {}}}},
        {help,
         "es",
         "delivery",
         {{"El paquete lleva <days> días sin novedades, ¿qué hago?",
           "Nada por ahora: tras tres días laborables sin novedades se busca automáticamente.",
           {"kb-006"},
           {}},
          {"¿Y si no aparece?",
           "Después de diez días laborables se considera perdido. Devolvemos el porte y pagamos la "
           "mercancía hasta "
           "su cobertura: 50, 500 o 2.500.",
           {"kb-008"},
           {}}}},
        {help,
         "es",
         "account",
         {{"No me llega el enlace para la contraseña nueva",
           "El enlace vale 30 minutos y una sola vez. Tras cinco intentos fallidos la cuenta "
           "descansa 15 minutos; "
           "pida después otro enlace.",
           {"kb-017"},
           {}},
          {"Ya lo hice tres veces. Quiero hablar con alguien.",
           "He abierto el tique T-<ticket> con prioridad alta. De lunes a viernes, de 8 a 19, "
           "también puede pasar a "
           "una persona en este chat.",
           {"kb-025"},
           ToolUse{"create_ticket",
                   R"({"subject":"No llega el enlace de contraseña","priority":"high"})",
                   R"({"ticket":"T-<ticket>","state":"open"})"}}}},
        {help,
         "es",
         "billing",
         {{"¿Cuánto cuesta el plan Crew y cuántos usuarios incluye?",
           "Cuesta 59 al mes e incluye 2.000 paquetes y diez usuarios, además de webhooks.",
           {"kb-013"},
           {}}}},
        {help,
         "es",
         "shops",
         {{"¿Cada cuánto se leen los pedidos de Bodega Online?",
           "Cada cinco minutos. Si falta un pedido, compruebe que esté pagado y que su país esté "
           "activado.",
           {"kb-021"},
           {}}}},
        {Feature::order_desk,
         "es",
         "refund",
         {{"¿Cuánto nos devuelven por <order>? Llegó roto, valía <amount>.",
           "Para <order> la devolución sería de <amount>. Envíe tres fotos dentro de siete días "
           "para iniciar la "
           "reclamación.",
           {"kb-009"},
           ToolUse{"refund_quote",
                   R"({"order_id":"<order>","reason":"damaged","goods_value":<amount>})",
                   R"({"order_id":"<order>","postage":6.4,"goods":<amount>,"currency":"EUR"})"}}}},
        {Feature::ticket_triage,
         "es",
         "triage",
         {{"Buenos días, en la factura de este mes aparecen dos veces los mismos envíos. Les ruego "
           "que lo revisen. "
           "<name>",
           R"({"category":"billing","priority":"normal","language":"es","summary":"The same parcels appear twice on this month's invoice."})",
           {},
           {}}}},
    };
}

}  // namespace plimsoll::app::demo
