#pragma once

#include "modules/coursework/questions.hpp"

#include <functional>

// What one attempt at a quiz asks, in which order, and how well questions tell who knows from who does not.
namespace concentric::coursework {

struct PaperItem {
    QuestionId question;
    std::vector<std::int64_t> order; // the place of each choice that is shown, among the question's choices
};
BOOST_DESCRIBE_STRUCT(PaperItem, (), (question, order))
using Paper = std::vector<PaperItem>;

// A whole number from 0 to below the given one.
using Dice = std::function<std::size_t(std::size_t)>;
Dice unforeseeable();

// `count` of these without repetition, each as likely as any other.
std::vector<QuestionId> draw(std::vector<QuestionId> from, std::size_t count, Dice const&);
// True before false stays; everything else may change places.
std::vector<std::int64_t> order_of(QuestionKind kind, std::size_t choices, bool is_shuffled, Dice const&);

// From what is shown to what is meant, and back. Places that are not there are left out.
std::vector<std::int64_t> meant(PaperItem const&, std::vector<std::int64_t> const& shown);
std::vector<std::int64_t> shown(PaperItem const&, std::vector<std::int64_t> const& meant);

// Sums over first attempts; `rest` is the share of the other questions that were right, in per mille.
struct ItemSums {
    std::int64_t answers = 0, right = 0;
    std::int64_t rest = 0, rest_squared = 0, rest_of_right = 0;
};
BOOST_DESCRIBE_STRUCT(ItemSums, (), (answers, right, rest, rest_squared, rest_of_right))
// How being right goes with being right elsewhere: the corrected item-total correlation, -1 to 1. Nothing below ten answers, or
// where all answered alike.
std::optional<double> discrimination(ItemSums const&);

} // namespace concentric::coursework
