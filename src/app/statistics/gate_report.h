/// gate_report.h: a gate's verdict for a terminal, a program, a CI server and a pull request.
#pragma once

#include <span>
#include <string>

#include "analyse/comparison/gate.h"
#include "analyse/comparison/sequential_gate.h"

namespace plimsoll::app {

/// Of a dimension, had one looked after every example.
using SequentialAnswer = analyse::Computed<analyse::SequentialVerdict>;

/// `sequence` has an answer a dimension of the report, or is empty: not asked.
std::string gate_text(const analyse::GateReport& report,
                      std::span<const SequentialAnswer> sequence = {});
std::string gate_json(const analyse::GateReport& report,
                      std::span<const SequentialAnswer> sequence = {});
std::string gate_markdown(const analyse::GateReport& report);
/// A test case a dimension; "not enough evidence" is an error, since a skipped case would let it
/// through.
std::string gate_junit(const analyse::GateReport& report);

}  // namespace plimsoll::app
