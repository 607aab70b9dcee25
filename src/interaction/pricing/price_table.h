/// price_table.h: what a model's tokens cost, where the span does not say.
///
///   cost = (input - cache_read - cache_write) p_in + cache_read p_read + cache_write p_write
///          + output p_out
///
/// Input includes what came from and went to a cache, output includes reasoning (interaction.h), so
/// each token is paid for once. A model without a price for its cache pays the price of input.
/// Nothing is guessed: an unknown model, a service tier that is not the standard one, and more
/// input than the listed price holds for have no cost.
///
/// The table is text: comments `# version: …` and `# source: …`, a header line, one line for each
/// model, USD per million tokens. model_prices.inc is the one we ship.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "interaction/interaction.h"

namespace plimsoll::interaction {

class PriceTable {
  public:
    /// The Error names the line.
    static Result<PriceTable> parse(std::string_view csv);

    const std::string& version() const { return version_; }  ///< "2026-08-20"
    std::size_t size() const { return prices_.size(); }

    /// USD of one call; nullopt if its price is not known, or it has no tokens.
    std::optional<double> cost_of(const Step& call) const;

  private:
    struct Price {
        double input = 0, output = 0;
        double cache_read = 0, cache_write = 0;
        std::int64_t up_to = 0;  ///< 0: however many.
    };
    const Price* find(std::string_view model) const;

    std::string version_;
    std::unordered_map<std::string, Price> prices_;  ///< By bare_model().
};

/// "us.anthropic.claude-3.5-sonnet-20240620-v1:0" → "claude-3-5-sonnet-20240620": without who
/// serves it, in lower case, and dots as dashes, since senders differ there.
std::string bare_model(std::string_view model);

/// Of model_prices.inc.
const PriceTable& shipped_prices();

/// Prices the steps that count tokens, where nobody said what the interaction cost. Calls are
/// priced one by one; if only an outer step says a cost, that is the cost. True if any was priced.
bool price_steps(std::vector<Step>& steps, const std::vector<std::uint32_t>& repeats,
                 const std::vector<bool>& judging, const PriceTable& prices);

}  // namespace plimsoll::interaction
