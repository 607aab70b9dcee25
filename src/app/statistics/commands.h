/// commands.h: the questions that `plimsoll` answers about a file of numbers, without a server.
///
/// Each adds its word to the command line. They all read CSV or JSON lines (rows.h), print a table,
/// or JSON with --json, and set `code`: 0 done, 3 the input cannot be used. `gate` also sets 1
/// and 2.
#pragma once

namespace CLI {
class App;
}

namespace plimsoll::app {

void add_agreement(CLI::App& app, int& code);  ///< A judge against people.
void add_estimate(CLI::App& app, int& code);   ///< Means of a biased sample, corrected.
void add_drift(CLI::App& app, int& code);      ///< Did a series change, and when.
void add_slices(CLI::App& app, int& code);     ///< Which slices got worse.
void add_gate(CLI::App& app, int& code);       ///< Candidate against baseline: pass, fail, neither.
void add_sample_size(CLI::App& app, int& code);  ///< How many examples decide.
void add_trials(CLI::App& app, int& code);       ///< Does an agent succeed every time.

}  // namespace plimsoll::app
