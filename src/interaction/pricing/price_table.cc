#include "interaction/pricing/price_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <map>

#include "interaction/family.h"

namespace plimsoll::interaction {
namespace {

constexpr std::string_view shipped =
#include "interaction/pricing/model_prices.inc"
    ;

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// Without "-20240620", "-2024-08-06", "-latest" at its end.
std::string_view undated(std::string_view model) {
    if (model.ends_with("-latest")) return model.substr(0, model.size() - 7);
    if (model.size() > 9 && model[model.size() - 9] == '-' &&
        all_digits(model.substr(model.size() - 8)))
        return model.substr(0, model.size() - 9);
    if (model.size() > 11) {
        const std::string_view end = model.substr(model.size() - 11);
        if (end[0] == '-' && end[5] == '-' && end[8] == '-' && all_digits(end.substr(1, 4)) &&
            all_digits(end.substr(6, 2)) && all_digits(end.substr(9, 2)))
            return model.substr(0, model.size() - 11);
    }
    return model;
}

std::optional<double> amount(std::string_view cell) {
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (error != std::errc() || end != cell.data() + cell.size() || !(value >= 0)) return {};
    return value;
}

}  // namespace

std::string bare_model(std::string_view model) {
    model = model.substr(model.rfind('/') == std::string_view::npos ? 0 : model.rfind('/') + 1);
    if (const std::size_t vendor = model.find("anthropic."); vendor != std::string_view::npos)
        model.remove_prefix(vendor + 10);
    if (const std::size_t revision = model.rfind("-v");
        revision != std::string_view::npos && model.find(':', revision) != std::string_view::npos)
        model = model.substr(0, revision);
    std::string bare(model);
    for (char& c : bare) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c == '.' || c == '@') c = '-';
    }
    return bare;
}

Result<PriceTable> PriceTable::parse(std::string_view csv) {
    PriceTable table;
    std::size_t line_number = 0;
    bool header = false;
    while (!csv.empty()) {
        const std::size_t end = std::min(csv.find('\n'), csv.size());
        std::string_view line = csv.substr(0, end);
        csv.remove_prefix(std::min(end + 1, csv.size()));
        ++line_number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        constexpr std::string_view version = "# version: ";
        if (line.starts_with(version)) table.version_ = line.substr(version.size());
        if (line.empty() || line.starts_with('#')) continue;
        if (!header) {
            if (line != "model,input,cache_read,cache_write,output,up_to")
                return Error{
                    fmt::format("price list, line {}: the columns must be model,input,"
                                "cache_read,cache_write,output,up_to",
                                line_number)};
            header = true;
            continue;
        }
        std::array<std::string_view, 6> cells;
        std::size_t count = 0;
        for (std::string_view rest = line;; ++count) {
            const std::size_t comma = rest.find(',');
            if (count < cells.size()) cells[count] = rest.substr(0, comma);
            if (comma == std::string_view::npos) break;
            rest.remove_prefix(comma + 1);
        }
        const auto input = amount(cells[1]);
        if (count + 1 != cells.size() || cells[0].empty() || !input)
            return Error{
                fmt::format("price list, line {}: a model and the price of its input are "
                            "needed, in six columns",
                            line_number)};
        const auto or_else = [](std::string_view cell, double otherwise) -> std::optional<double> {
            return cell.empty() ? std::optional(otherwise) : amount(cell);
        };
        const auto read = or_else(cells[2], *input), write = or_else(cells[3], *input),
                   output = or_else(cells[4], 0), up_to = or_else(cells[5], 0);
        if (!read || !write || !output || !up_to)
            return Error{fmt::format("price list, line {}: a price is no number", line_number)};
        table.prices_[bare_model(cells[0])] = {*input, *output, *read, *write,
                                               static_cast<std::int64_t>(*up_to)};
    }
    if (table.version_.empty()) return Error{"price list: the line \"# version: …\" is missing"};
    // A model that is listed by date only is known by its name too, unless that has a price.
    const std::map<std::string, Price> sorted(table.prices_.begin(), table.prices_.end());
    std::unordered_map<std::string, Price> by_name;  // Of several dates the latest.
    for (const auto& [model, price] : sorted)
        if (const std::string_view name = undated(model); name.size() != model.size())
            by_name[std::string(name)] = price;
    table.prices_.merge(by_name);
    return table;
}

const PriceTable::Price* PriceTable::find(std::string_view model) const {
    const std::string bare = bare_model(model);
    if (const auto found = prices_.find(bare); found != prices_.end()) return &found->second;
    const auto found = prices_.find(std::string(undated(bare)));
    return found == prices_.end() ? nullptr : &found->second;
}

std::optional<double> PriceTable::cost_of(const Step& call) const {
    if (!call.tokens.input && !call.tokens.output) return std::nullopt;
    if (const auto tier = call.parameters.find("service_tier");
        tier != call.parameters.end() && tier->second != "default" && tier->second != "auto" &&
        tier->second != "standard")
        return std::nullopt;
    const Price* price = call.model_answered.empty() ? nullptr : find(call.model_answered);
    if (!price && !call.model_requested.empty()) price = find(call.model_requested);
    if (!price) return std::nullopt;
    const std::int64_t input = call.tokens.input.value_or(0);
    if (price->up_to > 0 && input > price->up_to) return std::nullopt;
    const std::int64_t read = call.tokens.cache_read.value_or(0);
    const std::int64_t write = call.tokens.cache_write.value_or(0);
    const std::int64_t fresh = std::max<std::int64_t>(0, input - read - write);
    return (static_cast<double>(fresh) * price->input +
            static_cast<double>(read) * price->cache_read +
            static_cast<double>(write) * price->cache_write +
            static_cast<double>(call.tokens.output.value_or(0)) * price->output) /
           1e6;
}

const PriceTable& shipped_prices() {
    static const PriceTable table = [] {
        auto parsed = PriceTable::parse(shipped);
        assert(parsed && "the shipped price list is read by a test");
        return std::move(*parsed);
    }();
    return table;
}

bool price_steps(std::vector<Step>& steps, const std::vector<std::uint32_t>& repeats,
                 const std::vector<bool>& judging, const PriceTable& prices) {
    std::vector<bool> told(steps.size(), false);  // Its cost stands on a step that repeats it.
    bool any_call = false, any_outer = false;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (!steps[i].cost_usd || judging[i]) continue;
        if (repeats[i] != no_step) told[repeats[i]] = true;
        const bool call = steps[i].counts_tokens || repeats[i] != no_step;
        (call ? any_call : any_outer) = true;
    }
    if (any_outer && !any_call) return false;
    bool priced = false;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        Step& step = steps[i];
        if (!step.counts_tokens || step.cost_usd || told[i]) continue;
        step.cost_usd = prices.cost_of(step);
        step.priced = step.cost_usd.has_value();
        priced |= step.priced;
    }
    return priced;
}

}  // namespace plimsoll::interaction
