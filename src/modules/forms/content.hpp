#pragma once

#include "core/fields.hpp"

#include <set>

// What a form asks: sections of questions, of which some are shown only where an earlier answer calls for them.
namespace concentric::forms {

enum class FormQuestionKind { single, multiple, scale, number, short_text, long_text, date, statement };
BOOST_DESCRIBE_ENUM(FormQuestionKind, single, multiple, scale, number, short_text, long_text, date, statement)

// What a form is for. A commitment holds statements alone and is signed instead of answered.
enum class FormPurpose { survey, poll, consent, satisfaction, commitment };
BOOST_DESCRIBE_ENUM(FormPurpose, survey, poll, consent, satisfaction, commitment)

using Key = Text<1, 40>; // of a section, question or choice; stays the same from version to version

struct FormChoice {
    Key key;
    Text<0, 200> text;
};
BOOST_DESCRIBE_STRUCT(FormChoice, (), (key, text))

// Shown where the answer to an earlier question is one of these: keys of choices, or numbers of a scale.
struct ShownWhen {
    Key question;
    std::vector<Key> is_any_of;
};
BOOST_DESCRIBE_STRUCT(ShownWhen, (), (question, is_any_of))

using Bound = Within<-1'000'000'000, 1'000'000'000>;

struct FormQuestion {
    Key key;
    FormQuestionKind kind = FormQuestionKind::single;
    Text<0, 4000> text;
    std::optional<Text<0, 500>> help;
    bool is_required = false;
    std::vector<FormChoice> choices; // of single and multiple
    std::optional<Within<1, 30>> most; // how many choices may be ticked
    std::optional<Bound> least, greatest; // of a scale or a number
    std::optional<Text<0, 40>> least_label, greatest_label; // of a scale
    std::optional<ShownWhen> shown_when;
};
BOOST_DESCRIBE_STRUCT(
    FormQuestion, (), (key, kind, text, help, is_required, choices, most, least, greatest, least_label, greatest_label, shown_when))

struct FormSection {
    Key key;
    Text<0, 120> title;
    std::optional<ShownWhen> shown_when;
    std::vector<FormQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(FormSection, (), (key, title, shown_when, questions))

struct FormContent {
    std::vector<FormSection> sections;
};
BOOST_DESCRIBE_STRUCT(FormContent, (), (sections))

// Bounds that hold for drafts too: 20 sections, 100 questions, 30 choices each.
void check_size(FormContent const&, Problems&);
// Everything that stands against publishing, each fault with its place ("/content/sections/0/questions/2/shown_when").
void find_faults(FormContent const&, FormPurpose, Problems&);

// Every question in reading order.
std::vector<FormQuestion const*> questions_of(FormContent const&);
bool is_answered(FormQuestionKind); // false: a statement
bool has_choices(FormQuestionKind);

// The words of a commitment as they are shown, signed and printed, and whose SHA-256 is kept.
std::string text_to_sign(std::string const& title, FormContent const&);

} // namespace concentric::forms
