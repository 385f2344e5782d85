#include "modules/ledger/history_kinds.hpp"

#include "lib/compare_names.hpp"

#include <algorithm>

namespace concentric::ledger {
namespace {

constexpr double alike = 0.8;
constexpr double somewhat_alike = 0.3;
constexpr std::size_t proposals = 3;
// A wrong column says something else in every row; comparing each with the whole catalogue would help nobody.
constexpr std::size_t most_compared = 300;

std::string_view without_prefix(std::string_view text, std::string_view prefix)
{
    return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

std::string_view without_suffix(std::string_view text, std::string_view suffix)
{
    return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

} // namespace

KindWords::KindWords()
{
    for (auto const& kind : plan::catalogue()) {
        std::vector<std::string> texts;
        for (std::string_view const text : {kind.name, std::string_view(kind.zh), std::string_view(kind.en),
                 without_prefix(without_prefix(kind.zh, "参加"), "举办"),
                 without_suffix(without_suffix(kind.en, " attended"), " held")}) {
            auto canonical = lib::canonical_heading(text);
            if (std::find(texts.begin(), texts.end(), canonical) == texts.end())
                texts.push_back(std::move(canonical));
        }
        for (auto& text : texts)
            words_.push_back({std::move(text), &kind});
    }
}

KindMeant const& KindWords::find(std::string const& written, bool names_people)
{
    auto& known = known_[names_people];
    auto const found = known.find(written);
    return found != known.end() ? found->second : known.emplace(written, meant(written, names_people)).first->second;
}

KindMeant KindWords::meant(std::string const& written, bool names_people)
{
    auto const canonical = lib::canonical_heading(written);
    std::vector<plan::EntryKind const*> equal, fitting;
    for (auto const& word : words_)
        if (word.text == canonical)
            equal.push_back(word.kind);
    std::copy_if(
        equal.begin(), equal.end(), std::back_inserter(fitting), [&](auto const* kind) { return kind->of_people == names_people; });
    for (auto const& kinds : {equal, fitting})
        if (kinds.size() == 1)
            return {kinds.front(), false, {}};
    if (!equal.empty() || ++compared_ > most_compared)
        return {nullptr, false, std::move(equal)};

    auto const ranking = ranked(canonical, names_people);
    auto const& best = ranking[0];
    auto const& second = ranking[1];
    if (best.likeness >= alike && (second.likeness < best.likeness || second.fits_people < best.fits_people))
        return {best.kind, true, {}};
    KindMeant unknown;
    for (std::size_t i = 0; i < proposals && ranking[i].likeness >= somewhat_alike; ++i)
        unknown.nearest.push_back(ranking[i].kind);
    return unknown;
}

// Every kind by its most similar word, the most similar first.
std::vector<KindWords::Likeness> KindWords::ranked(std::string const& canonical, bool names_people) const
{
    std::vector<Likeness> ranking;
    for (auto const& word : words_) {
        if (ranking.empty() || ranking.back().kind != word.kind)
            ranking.push_back({0, word.kind->of_people == names_people, word.kind});
        ranking.back().likeness = std::max(ranking.back().likeness, lib::heading_similarity(word.text, canonical));
    }
    std::stable_sort(ranking.begin(), ranking.end(), [](Likeness const& a, Likeness const& b) {
        return std::pair(a.likeness, a.fits_people) > std::pair(b.likeness, b.fits_people);
    });
    return ranking;
}

} // namespace concentric::ledger
