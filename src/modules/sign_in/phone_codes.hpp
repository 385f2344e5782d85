#pragma once

#include "modules/accounts/entering.hpp"

// Six digits sent to a telephone: they prove that whoever types them holds it. For a forgotten password, a log-in, and a number
// that changes.
namespace concentric::sign_in {

enum class CodePurpose { log_in, password, phone };
BOOST_DESCRIBE_ENUM(CodePurpose, log_in, password, phone)

// Sends a code that counts for ten minutes in place of any before it. With `is_known` false it does everything but sending, so that
// the answer does not tell which numbers there are. Throws 429 for too many, 404 when this installation sends no messages.
void send_phone_code(Call& call, Phone const& phone, CodePurpose purpose, bool is_known);

// Throws 422 at `code` unless this is the code that was sent. Counts the try, of which there are five, in a transaction of its own:
// only on a slow route, before its first write.
void require_phone_code(Call& call, Phone const& phone, CodePurpose purpose, std::string_view code);
// It counts no more. Throws as above when another request was faster.
void use_phone_code(Call& call, Phone const& phone, CodePurpose purpose);

// For whoever changes a person's number: both, for the code that POST /api/phone-codes sent to it.
void verify_phone(Call& call, Phone const& phone, std::string_view code);

struct PhoneCode : std::string {
    using std::string::string;
    PhoneCode() = default;
    PhoneCode(std::string text) : std::string(std::move(text)) { }
    static constexpr char const* schema = R"({"type":"string","pattern":"^[0-9]{6}$"})";
    static std::optional<Words> check(std::string_view text);
};

struct AskForCode {
    Phone phone;
};
BOOST_DESCRIBE_STRUCT(AskForCode, (), (phone))
Nothing send_code_for_password(Call& call, AskForCode const& input);
Nothing send_code_for_log_in(Call& call, AskForCode const& input);
Nothing send_code_to_new_phone(Call& call, AskForCode const& input);

struct ResetByCode {
    Phone phone;
    PhoneCode code;
    Text<8, 128> new_;
};
BOOST_DESCRIBE_STRUCT(ResetByCode, (), (phone, code, new_))
Nothing reset_by_code(Call& call, ResetByCode const& input);

struct LogInByCode {
    Phone phone;
    PhoneCode code;
};
BOOST_DESCRIBE_STRUCT(LogInByCode, (), (phone, code))
accounts::LoggedIn log_in_by_code(Call& call, LogInByCode const& input);

} // namespace concentric::sign_in
