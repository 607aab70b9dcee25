#include "analyse/evidence/input_text.h"

#include "base/json.h"
#include "evaluate/output_text.h"

namespace plimsoll::analyse {

std::string input_text(const Interaction& interaction) {
    json::Writer w;
    w.begin_object().key("id").value(interaction.id.hex());
    w.key("question").value(interaction.question);
    const Step* const step = evaluate::answering_step(interaction);
    w.key("system").value(step ? step->system : "").key("messages").begin_array();
    if (step)
        for (const Message& message : step->input)
            w.begin_object()
                .key("role")
                .value(to_word(message.role))
                .key("content")
                .value(message.text())
                .end_object();
    w.end_array().key("documents").begin_array();
    for (const Step& each : interaction.steps)
        for (const Document& document : each.documents)
            w.begin_object()
                .key("id")
                .value(document.id)
                .key("text")
                .value(document.text)
                .end_object();
    w.end_array().key("tools").begin_array();
    if (step)
        for (const ToolDefinition& tool : step->tools) w.value(tool.name);
    return w.end_array().end_object().take();
}

Interaction with_answer(const Interaction& interaction, std::string answer) {
    Interaction changed = interaction;
    if (const Step* const step = evaluate::answering_step(interaction)) {
        Step& answering = changed.steps[static_cast<std::size_t>(step - interaction.steps.data())];
        answering.output = {{.role = Role::assistant,
                             .role_sent = "assistant",
                             .name = {},
                             .parts = {{.kind = PartKind::text, .text = answer}},
                             .finish_reason = "stop"}};
        answering.finish_reasons = {"stop"};
        answering.failed = false;
        answering.content = ContentStatus::full;
    }
    changed.answer = std::move(answer);
    changed.failed = false;
    return changed;
}

}  // namespace plimsoll::analyse
