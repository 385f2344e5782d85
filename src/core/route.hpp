#pragma once

#include "core/call.hpp"

// A route is a function's signature plus a verb, a path, a permission and a name. Input check, answer, API document and typed
// client are derived from it; the name is the operation's id in the document and the action in the audit log.
namespace concentric {

enum class Verb { get, post, put, patch, del };
BOOST_DESCRIBE_ENUM(Verb, get, post, put, patch, del)

// One request of a batched route, and its answer: the JSON, or the error that ends this one alone.
struct BatchItem {
    Viewer viewer;
    void* input;
    std::string request_id, address;
    std::string answer;
    std::optional<ApiError> error;
    std::string audit_subject; // as in Call
    Language language = Language::zh;
};

struct Route {
    Verb verb;
    std::string path; // "/api/organisations/{id}"
    Permission permission;
    std::string name; // "organisation_show"
    std::string summary;
    reflect::Type const* input;
    reflect::Type const* output; // nullptr: a file
    std::shared_ptr<void> (*make_input)();
    std::function<void(Call&, void const* input, std::string& json, std::optional<Download>& file)> run;
    void (*check)(void const* input, Problems&)
        = nullptr; // the rules across fields: `void check(Input const&, Problems&)` where there is one

    bool writes = false; // needs the write lane and an audit line
    bool logs_reads = false; // a personal file: reading it leaves an audit line too
    bool is_unlisted = false; // writes without an audit line: sent every few seconds, and its outcome stands in the data itself
    bool takes_file = false; // the body is the file itself, up to 64 MiB
    bool is_slow = false; // hashes a password, asks another server or the like: a lane of its own
    bool is_quick = false; // reads a handful of rows by their keys, and often: done where the request comes in
    bool needs_step_up = false; // only for who proved a short while ago who they are
    // All requests that wait for this route at one moment, in one transaction. Answers each item; throwing fails all of them.
    std::function<void(Call&, std::span<BatchItem>)> run_batch;

    Route& as_personal_file()
    {
        logs_reads = true;
        return *this;
    }
    Route& unlisted()
    {
        is_unlisted = true;
        return *this;
    }
    Route& with_file()
    {
        takes_file = true;
        return *this;
    }
    // Thinks for long before it writes. Its transaction begins at its first statement that is not a plain SELECT, so that nobody
    // waits for it meanwhile; what it read before may have changed by then. It may also open transactions of its own before that.
    Route& slowly()
    {
        is_slow = true;
        return *this;
    }
    // For reads of at most some tens of microseconds, however large the county is: a slow one would hold up everybody whose
    // connection lives on the same thread.
    Route& quickly()
    {
        is_quick = true;
        return *this;
    }
    // Confidential or far-reaching: answers 403 step_up_needed unless the session was confirmed by password or one-time code within
    // the minutes of the setting step_up_minutes. The console asks and repeats the request.
    Route& with_step_up()
    {
        needs_step_up = true;
        return *this;
    }
    // A GET that writes (a logged read does by itself), or a POST that only asks.
    Route& writing(bool does)
    {
        writes = does;
        return *this;
    }
    Route& batched(std::function<void(Call&, std::span<BatchItem>)> together)
    {
        run_batch = std::move(together);
        return *this;
    }
};

template <class Out, class In>
Route route(
    Verb verb, std::string path, Permission permission, std::string name, std::string summary, Out (*handler)(Call&, In const&))
{
    Route made{verb, std::move(path), permission, std::move(name), std::move(summary), &reflect::type_of<In>, nullptr,
        []() -> std::shared_ptr<void> { return std::make_shared<In>(); }, {}};
    made.writes = verb != Verb::get;
    if constexpr (requires(In const& input, Problems& problems) { check(input, problems); })
        made.check = [](void const* input, Problems& problems) { check(*static_cast<In const*>(input), problems); };
    if constexpr (std::is_same_v<Out, Download>) {
        made.run = [handler](Call& call, void const* input, std::string&, std::optional<Download>& file) {
            file = handler(call, *static_cast<In const*>(input));
        };
    } else {
        made.output = &reflect::type_of<Out>;
        made.run = [handler](Call& call, void const* input, std::string& json, std::optional<Download>&) {
            auto const answer = handler(call, *static_cast<In const*>(input));
            if constexpr (!std::is_same_v<Out, Nothing>)
                reflect::write(json, reflect::type_of<Out>, &answer);
        };
    }
    return made;
}

using Routes = std::vector<Route>;

} // namespace concentric
