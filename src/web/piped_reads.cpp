#include "web/piped_reads.hpp"

namespace concentric::web {

std::size_t PipedReads::run(std::span<WorkPointer const> works)
{
    std::size_t repeated = 0;
    auto const errors = attempt(works);
    for (std::size_t i = 0; i < works.size(); ++i) {
        bool const again = is_fault(errors[i], db::Fault::busy) || is_fault(errors[i], db::Fault::lost);
        repeated += again;
        works[i]->end(again ? attempt(works.subspan(i, 1)).front() : errors[i]);
    }
    return repeated;
}

std::vector<std::exception_ptr> PipedReads::attempt(std::span<WorkPointer const> works)
{
    std::vector<db::Pipeline::Read> reads;
    for (auto const& work : works)
        reads.emplace_back([&work](db::Connection& db) { work->run(db); });
    try {
        if (!pipeline_ || pipeline_->is_lost())
            pipeline_ = db::open_pipeline(address_);
        return pipeline_->run(reads);
    } catch (...) {
        return std::vector(works.size(), std::current_exception());
    }
}

} // namespace concentric::web
