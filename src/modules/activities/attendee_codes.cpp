#include "modules/activities/attendee_codes.hpp"

#include "core/crypto.hpp"
#include "core/keyring.hpp"
#include "modules/activities/sign_ups.hpp"
#include "modules/directory/kinship.hpp"
#include "modules/directory/lookup.hpp"
#include "modules/families/rights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace concentric::activities {
namespace {

constexpr std::string_view first_line = "concentric check-in 1\n"; // signed, not written: no other text of ours begins so
constexpr std::string_view code_mark = "CC1";
using milliseconds::minute;
constexpr std::int64_t steps_apart = 2; // as far as the clocks of two phones may differ

// SM3 whichever suite signs: a phone needs one digest then, and GB/T 32905 is ISO/IEC 10118-3 too.
std::string digest_before(crypto::Hasher& hasher, std::string_view later)
{
    hasher.add("concentric check-in step\n");
    hasher.add(later);
    auto const digest = hasher.end();
    return std::string(crypto::view(digest).substr(0, chain_width));
}

std::string seed_of(Call const& call, ActivityRow const& activity, PersonId person)
{
    auto const print
        = call.db.keys().fingerprint(fmt::format("attendee-code/{}/{}/{}", call.county, activity.id.value, person.value));
    auto const digest = crypto::digest(crypto::Suite::shangmi, print);
    return std::string(crypto::view(digest).substr(0, chain_width));
}

// The digest to show `back` steps before the last.
std::string link_of(std::string seed, std::int64_t back)
{
    crypto::Hasher hasher(crypto::Suite::shangmi);
    for (; back > 0; --back)
        seed = digest_before(hasher, seed);
    return seed;
}

std::string encoded(std::string_view bytes)
{
    std::string text;
    crypto::append_base64url(text, bytes);
    return text;
}

std::string signed_text(Call& call, ActivityRow const& activity, PersonId person, std::string_view anchor)
{
    auto const signing = call.db.keys().signing_key();
    auto const time = code_time(activity);
    auto const text = fmt::format("{}.{}.{}.{}.{}.{}.{}.{}", code_mark, signing.version, call.county, activity.id.value,
        person.value, time.from.milliseconds / minute, time.until.milliseconds / minute, encoded(anchor));
    return text + "." + encoded(signing.key.sign(std::string(first_line) + text));
}

// The parts of a code in their order; the last one is missing on paper.
struct Parts {
    std::string_view mark, key, county, activity, person, from, until, anchor, signature, link;
    std::string_view signed_part;
};

std::optional<Parts> parts_of(std::string_view code)
{
    std::array<std::string_view, 10> parts;
    std::size_t count = 0, at = 0, signature_at = 0;
    for (bool more = true; more && count < parts.size(); ++count) {
        auto const end = code.find('.', at);
        signature_at = count == 8 ? at : signature_at;
        parts[count] = code.substr(at, end - at);
        more = end != std::string_view::npos;
        at = more ? end + 1 : code.size() + 1;
    }
    if (at <= code.size() || count < 9 || parts[0] != code_mark)
        return std::nullopt;
    return Parts{parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7], parts[8], parts[9],
        code.substr(0, signature_at - 1)};
}

std::int64_t number_in(std::string_view text)
{
    std::int64_t number = -1;
    auto const end = text.data() + text.size();
    return std::from_chars(text.data(), end, number) == std::from_chars_result{end, std::errc{}} ? number : -1;
}

bool is_signed(std::vector<VerifyingKey> const& keys, Parts const& parts)
{
    std::string signature, key;
    if (!crypto::decode_base64url(parts.signature, signature))
        return false;
    for (auto const& known : keys)
        if (known.version == number_in(parts.key) && crypto::decode_base64url(known.public_key, key))
            return crypto::verify_signature(known.suite, key, std::string(first_line) + std::string(parts.signed_part), signature);
    return false;
}

// The step whose digest this is, or nothing where it does not lead to what was signed.
std::optional<std::int64_t> step_shown(Parts const& parts, CodeTime const& time)
{
    std::string link, anchor;
    if (!crypto::decode_base64url(parts.link, link) || !crypto::decode_base64url(parts.anchor, anchor))
        return std::nullopt;
    crypto::Hasher hasher(crypto::Suite::shangmi);
    for (std::int64_t step = 0; step < time.steps(); ++step) {
        link = digest_before(hasher, link);
        if (link == anchor)
            return step;
    }
    return std::nullopt;
}

std::vector<PersonId> own_comers(Call& call, OwnedActivity const& activity)
{
    auto const children = children_invited(call, activity, directory::children_shown_to(call, call.viewer.person));
    std::vector<PersonId> comers;
    if (activity.audience == Audience::pupils) {
        for (auto const& child : children)
            if (families::may(call, child.id, families::Right::confirm))
                comers.push_back(child.id);
    } else if (!children.empty() || is_invited_as_staff(call, activity)) {
        comers.push_back(call.viewer.person);
    }
    if (activity.needs_sign_up)
        std::erase_if(comers, [&](auto person) {
            auto const row = sign_up_of(call, activity.id, person);
            return !row || row->state != SignUpState::placed;
        });
    return comers;
}

} // namespace

std::int64_t CodeTime::minutes_a_step() const { return 1 + (until.milliseconds - from.milliseconds) / minute / steps_a_day; }
std::int64_t CodeTime::steps() const { return (until.milliseconds - from.milliseconds) / minute / minutes_a_step() + 1; }
std::int64_t CodeTime::step_at(Instant moment) const
{
    auto const since = moment.milliseconds - from.milliseconds;
    return since < 0 ? -1 + since / minute / minutes_a_step() : since / minute / minutes_a_step();
}

CodeTime code_time(ActivityRow const& activity)
{
    auto const whole = [](std::int64_t milliseconds) { return Instant{milliseconds / minute * minute}; };
    return {whole(activity.starts_at.milliseconds - opens_before), whole(activity.ends_at.milliseconds + minute - 1)};
}

AttendeeCode phone_code(Call& call, ActivityRow const& activity, PersonId person)
{
    auto const seed = seed_of(call, activity, person);
    return {signed_text(call, activity, person, link_of(seed, code_time(activity).steps())), encoded(seed)};
}

AttendeeCode paper_code(Call& call, ActivityRow const& activity, PersonId person)
{
    return {signed_text(call, activity, person, ""), ""};
}

std::string code_shown(AttendeeCode const& code, CodeTime const& time, Instant moment)
{
    std::string seed;
    crypto::decode_base64url(code.seed, seed);
    auto const step = std::clamp<std::int64_t>(time.step_at(moment), 0, time.steps() - 1);
    return code.text + "." + encoded(link_of(seed, time.steps() - 1 - step));
}

CodeRead read_attendee_code(
    Call const& call, std::vector<VerifyingKey> const& keys, ActivityRow const& activity, std::string_view code, Instant read_at)
{
    auto const parts = parts_of(code);
    if (!parts || !is_signed(keys, *parts))
        return {CodeFault::wrong, {}, false};
    if (number_in(parts->county) != call.county || number_in(parts->activity) != activity.id.value)
        return {CodeFault::other_event, {}, false};
    PersonId const person{number_in(parts->person)};
    if (parts->anchor.empty())
        return {{}, person, true};
    CodeTime const time{{number_in(parts->from) * minute}, {number_in(parts->until) * minute}};
    auto const step = step_shown(*parts, time);
    if (!step)
        return {CodeFault::wrong, {}, false};
    if (std::abs(*step - time.step_at(read_at)) > steps_apart)
        return {CodeFault::old, person, false};
    return {{}, person, false};
}

OwnCodes show_own_codes(Call& call, OneActivity const& input)
{
    auto const activity = visible_activity(call, input.id);
    OwnCodes codes{check_type_of(call, activity.id), {}};
    if (activity.state == ActivityState::cancelled || find_kind(activity.kind)->has_slots())
        return codes;
    auto const time = code_time(activity);
    for (auto const person : own_comers(call, activity)) {
        auto const code = phone_code(call, activity, person);
        codes.items.push_back({person, directory::person_name(call, person).value_or(""), code.text, code.seed, time.from,
            time.until, time.minutes_a_step()});
    }
    return codes;
}

} // namespace concentric::activities
