/// figures.h: one function per evaluator: reads ../shared/data, prints its table in Markdown.
///
/// What is fitted is fitted on whole files and tried on a model that it has not seen. `weights`, if
/// not "", is where to write the weights that were fitted on all of them.
#pragma once

#include <string>

namespace plimsoll::bench {

/// The folder of the data, with "/" at the end.
inline const std::string data_folder = PLIMSOLL_ROOT "/../shared/data/";

void print_refusal(const std::string& weights);
void print_grounded();
void print_tool_calls();
void print_outcomes();
void print_blame();
void print_texts();
/// The calls that print_tool_calls() compares, one question a line, for another checker to judge.
void write_tool_calls(const std::string& path);

}  // namespace plimsoll::bench
