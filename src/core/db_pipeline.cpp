#include "core/db_pipeline.hpp"

#include "core/db_postgresql.hpp"

#include <boost/context/fiber.hpp>
#include <boost/context/protected_fixedsize_stack.hpp>

#include <stdexcept>

namespace concentric::db {
namespace {

namespace context = boost::context;

constexpr std::size_t stack_size = 256 * 1024; // of address space; only what is used is ever memory

[[noreturn]] void refuse() { throw std::logic_error("a quick read runs plain statements that give rows, nothing else"); }

class ReadFiber;

// What a read takes for its connection: its statements wait until all others have named theirs.
class Face final : public Connection {
public:
    explicit Face(ReadFiber& fiber) : fiber_(fiber) { }

    Dialect dialect() const override { return Dialect::postgresql; }
    std::int64_t run(std::string_view sql, std::span<Value const> arguments, Sink const* sink) override;

    void script(std::string const&) override { refuse(); }
    void run_each(std::string_view, std::size_t, std::span<Value const>, Sink const*, Rows) override { refuse(); }
    void scan(std::string_view, std::span<Value const>, std::function<void(RowView const&)> const&) override { refuse(); }
    std::unique_ptr<Loader> loader(std::string_view, std::span<std::string_view const>) override { refuse(); }
    void hold(std::vector<std::int64_t>) override { refuse(); }
    void share(std::int64_t) override { refuse(); }
    int stripe() const override { return 0; }
    void begin(bool) override { refuse(); }
    void commit() override { refuse(); }
    void roll_back() override { refuse(); }
    bool is_lost() const override { return false; }

private:
    ReadFiber& fiber_;
};

// A fiber that does one read after the other, so that its stack is made once.
class ReadFiber {
public:
    explicit ReadFiber(std::shared_ptr<Keyring> keys);

    void begin(Pipeline::Read const& read);
    // Gives the answer to the statement that the read waits for; null when the statement failed or was dropped: then `why`.
    void go_on(PGresult const* result, std::exception_ptr why);

    bool is_waiting() const { return asked_ != nullptr; }
    std::exception_ptr failed() const { return failed_; }

    struct Asked {
        std::string_view sql;
        std::span<Value const> arguments;
    };
    Asked const& asked() const { return *asked_; }

    // Called within the fiber.
    PGresult const* ask(Asked const& asked);
    Postgresql* line = nullptr;

private:
    void resume() { fiber_ = std::move(fiber_).resume(); }

    Face face_;
    context::fiber fiber_, home_;
    Pipeline::Read const* read_ = nullptr;
    Asked const* asked_ = nullptr;
    PGresult const* result_ = nullptr;
    std::exception_ptr why_, failed_;
};

std::int64_t Face::run(std::string_view sql, std::span<Value const> arguments, Sink const* sink)
{
    if (!sink)
        refuse();
    Ciphered ciphered;
    auto const* const result = fiber_.ask({sql, ciphered(*this, arguments, arguments.size())});
    return fiber_.line->take(*fiber_.line->known(sql), result, sink);
}

ReadFiber::ReadFiber(std::shared_ptr<Keyring> keys)
    : face_(*this), fiber_(std::allocator_arg, context::protected_fixedsize_stack(stack_size), [this](context::fiber&& home) {
          home_ = std::move(home);
          while (read_) {
              try {
                  (*read_)(face_);
              } catch (context::detail::forced_unwind const&) {
                  throw;
              } catch (...) {
                  failed_ = std::current_exception();
              }
              home_ = std::move(home_).resume();
          }
          return std::move(home_);
      })
{
    face_.use_keys(std::move(keys));
}

void ReadFiber::begin(Pipeline::Read const& read)
{
    read_ = &read;
    failed_ = nullptr;
    resume();
}

void ReadFiber::go_on(PGresult const* result, std::exception_ptr why)
{
    asked_ = nullptr;
    result_ = result;
    why_ = std::move(why);
    resume();
}

PGresult const* ReadFiber::ask(Asked const& asked)
{
    asked_ = &asked;
    home_ = std::move(home_).resume();
    if (why_)
        std::rethrow_exception(std::exchange(why_, nullptr));
    return result_;
}

class PostgresqlPipeline final : public Pipeline {
public:
    explicit PostgresqlPipeline(Address const& address) : keys_(address.keys), line_(address.location, Access::read_only)
    {
        line_.script(std::string(keep_plans));
        line_.limit_statements(std::chrono::seconds(30));
    }

    bool is_lost() const override { return line_.is_lost(); }

    std::vector<std::exception_ptr> run(std::span<Read const> reads) override
    {
        while (fibers_.size() < reads.size())
            fibers_.push_back(std::make_unique<ReadFiber>(keys_));
        for (std::size_t i = 0; i < reads.size(); ++i) {
            fibers_[i]->line = &line_;
            fibers_[i]->begin(reads[i]);
        }
        for (auto waiting = waiting_of(reads.size()); !waiting.empty(); waiting = waiting_of(reads.size()))
            answer(waiting);
        std::vector<std::exception_ptr> failed;
        for (std::size_t i = 0; i < reads.size(); ++i)
            failed.push_back(fibers_[i]->failed());
        return failed;
    }

private:
    std::vector<ReadFiber*> waiting_of(std::size_t count) const
    {
        std::vector<ReadFiber*> waiting;
        for (std::size_t i = 0; i < count; ++i)
            if (fibers_[i]->is_waiting())
                waiting.push_back(fibers_[i].get());
        return waiting;
    }

    // One round: what all wait for is sent, then each goes on with its answer until it asks again or ends.
    void answer(std::vector<ReadFiber*> waiting)
    {
        std::erase_if(waiting, [this](ReadFiber* fiber) { return !succeeds(*fiber, [&] { line_.prepared(fiber->asked().sql); }); });
        PQenterPipelineMode(line_.handle());
        std::erase_if(waiting, [this](ReadFiber* fiber) { return !succeeds(*fiber, [&] { send(fiber->asked()); }); });
        PQpipelineSync(line_.handle()); // where this fails there are no results, and each read hears of it
        for (auto* const fiber : waiting)
            hand_out(*fiber);
        PQclear(PQgetResult(line_.handle())); // the sync's own
        PQexitPipelineMode(line_.handle());
    }

    void send(ReadFiber::Asked const& asked) { line_.send(*line_.known(asked.sql), asked.arguments); }

    // Else the read goes on with what was thrown.
    bool succeeds(ReadFiber& fiber, std::function<void()> const& step)
    {
        std::exception_ptr why;
        try {
            step();
        } catch (...) {
            why = std::current_exception();
        }
        if (why)
            fiber.go_on(nullptr, why);
        return !why;
    }

    void hand_out(ReadFiber& fiber)
    {
        PostgresqlResult const result(PQgetResult(line_.handle()), PQclear);
        if (result)
            PQclear(PQgetResult(line_.handle())); // the mark between two statements' results
        auto const status = PQresultStatus(result.get());
        if (status == PGRES_TUPLES_OK)
            fiber.go_on(result.get(), nullptr);
        else if (status == PGRES_PIPELINE_ABORTED)
            fiber.go_on(nullptr, std::make_exception_ptr(Error(Fault::busy, "", "", "another statement of the pipeline failed")));
        else
            fiber.go_on(nullptr, std::make_exception_ptr(line_.error_of(result.get())));
    }

    std::shared_ptr<Keyring> const keys_;
    Postgresql line_;
    std::vector<std::unique_ptr<ReadFiber>> fibers_;
};

} // namespace

std::unique_ptr<Pipeline> open_pipeline(Address const& address) { return std::make_unique<PostgresqlPipeline>(address); }

} // namespace concentric::db
