#pragma once

#include "web/app.hpp"
#include "web/client.hpp"
#include "web/idempotency.hpp"

#include <boost/json/fwd.hpp>

namespace concentric::web {

// One request on its way through a lane: from who asks to the answer. The one place where what is thrown becomes an answer.
class RequestWork final : public Work {
public:
    RequestWork(App& app, RouteTable::Match match, Request&& request, Answer&& answer, Client client);

    void run(db::Connection& db) override;
    void const* kin() const override { return route_.run_batch ? &route_ : nullptr; }
    void run_together(db::Connection& db, std::span<Work* const> works) override;
    void end(std::exception_ptr error) override;

    // On the I/O thread, before any lane: throws ApiError for what needs no database to be refused, and reads a small body, so that
    // SQLite's one writer need not.
    void check_first();

private:
    void slow_down_strangers() const;
    std::string_view token() const { return credential_of(request_, client_.is_secure).token; }
    void prepare(db::Connection& db, std::optional<SignedIn> who);
    void require_permission() const;
    void read_input();
    void read_texts(boost::json::object& texts) const;
    bool replay();
    void finish(std::string json, std::optional<Download> file);
    void finish_with(Download file);
    void fill(Reply& reply) const;
    void set_cookies(Reply& reply) const;
    void guard(std::function<void()> const& step);
    static void run_county(db::Connection& db, std::span<RequestWork* const> works);
    bool wants_kept_answer() const;
    bool must_be_audited() const { return (route_.writes || route_.logs_reads) && !route_.is_unlisted; }

    App& app_;
    Route const& route_;
    PathRule const* const rule_;
    std::vector<PathValue> const path_values_;
    Request request_;
    Answer answer_;
    Client client_;
    Language language_;
    std::shared_ptr<void> input_;
    std::exception_ptr input_fault_; // why it is not as the route wants it
    // Made anew by each run:
    std::optional<Call> call_;
    Reply reply_;
    std::string tag_; // of a file that is known by its content
    std::string print_; // what the request asks for, when it carries an Idempotency-Key
    bool is_answered_ = false; // by an earlier run of the same request
    std::exception_ptr refusal_; // what ends this one alone, with nothing to be undone
};

} // namespace concentric::web
