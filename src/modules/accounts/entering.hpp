#pragma once

#include "modules/accounts/accounts.hpp"

// What every way to log in has in common once somebody has shown who they are: password, code by short message, WeChat or single
// sign-on.
namespace concentric::accounts {

// ---- For whoever listens. ----

// Somebody showed who they are; a listener may ask for one step more before they are let in.
struct LogInProven {
    PersonId person;
    std::string_view method;
    std::optional<NextStep>* next;
};
// They are in: the session is there.
struct LogInDone {
    PersonId person;
    std::string_view method;
    SessionId session;
};
// A wrong password for an account that there is. In a transaction of its own, so that it is kept although the request fails.
struct LogInRefused {
    PersonId person;
    std::string_view method;
};

// ---- For whoever brings another way to log in. ----

// The account whose name and password these are, in the call's county from then on. Counts the attempt and throws 401 for a wrong
// one, 403 for a disabled account, 429 while guessing is blocked. Takes as long for a name that there is not. Only on a slow route,
// outside any transaction.
AccountRow prove_password(Call& call, LogIn const& input);
std::optional<AccountRow> account_of(Call& call, PersonId person);
// The same, if it may log in; 403 when it is disabled.
std::optional<AccountRow> open_account(Call& call, PersonId person);
// The accounts that log in with this phone, of one county or (0) of all; few.
std::vector<AccountRow> accounts_with_phone(Call& call, std::string const& phone, std::int64_t county);
std::vector<AccountRow> accounts_with_user_name(Call& call, std::string const& user_name, std::int64_t county);

// Notes that the person's log-in takes a second factor from now on, or no longer.
void note_second_factor(Call& call, PersonId person, bool is_on);

// Lets the person in, or says which step is missing. The log-in of a merged record opens the kept one.
LoggedIn admit(Call& call, PersonId proven, std::string_view method);
// Lets the person in after the last step; `is_confirmed` when that was a password or a second factor.
LoggedIn let_in(Call& call, PersonId person, std::string_view method, bool is_confirmed);

} // namespace concentric::accounts
