#pragma once

#include "core/call.hpp"

// What a carer may do for a child: see the file, confirm, sign, pick up. Every module asks here before it lets a family in.
namespace concentric::families {

// `sign` is for legal guardians alone and cannot be passed on (监护人: Civil Code of the PRC, articles 26 to 39).
enum class Right { see, confirm, sign, pick_up };
BOOST_DESCRIBE_ENUM(Right, see, confirm, sign, pick_up)

class Rights {
public:
    constexpr Rights() = default;
    constexpr Rights(std::initializer_list<Right> list)
    {
        for (auto const right : list)
            bits_ |= bit(right);
    }
    constexpr bool has(Right right) const { return bits_ & bit(right); }
    constexpr bool none() const { return bits_ == 0; }
    constexpr Rights operator|(Rights other) const
    {
        other.bits_ |= bits_;
        return other;
    }
    constexpr Rights without(Right right) const
    {
        Rights left = *this;
        left.bits_ &= ~bit(right);
        return left;
    }
    bool operator==(Rights const&) const = default;
    std::vector<Right> list() const;

private:
    static constexpr unsigned bit(Right right) { return 1U << static_cast<unsigned>(right); }
    unsigned bits_ = 0;
};

// How a person stands to a child today, as far as rights follow from it.
struct Standing {
    bool is_carer = false; // on the roster
    bool is_guardian = false;
    bool is_kept_away = false; // a no-contact order is in force
    Rights delegated; // of delegations that run, whose giver is still a guardian and not kept away
};

// The rule: an order takes everything; guardians may do everything; other carers of the roster see and confirm, since a school
// wrote them down but nobody entrusted the child to them; a delegation adds what it names, never signing.
Rights rights_of(Standing const& standing);

Standing standing_of(Call& call, PersonId person, PersonId child);
Rights rights_for(Call& call, PersonId person, PersonId child);

// Whether the viewer may do this for the child today. Everything is looked up anew: what is revoked ends at once.
bool may(Call& call, PersonId child, Right right);
// 404 for a child whom the viewer may do nothing for (there is no telling whether it exists), 403 where only this right is missing.
void require_right(Call& call, PersonId child, Right right);

// For the WHERE of other modules' queries about county $1: whether the person in a column may sign for the pupil in a column on the
// day of a parameter ("$6"), by the same rule.
std::string may_sign_condition(std::string_view person, std::string_view student, std::string_view day);

// "see,confirm" and back; words that are no right are left out.
std::string text_of(Rights rights);
Rights rights_in(std::string_view text);

} // namespace concentric::families
