#pragma once

#include "core/fields.hpp"
#include "core/id_time.hpp"

#include <algorithm>

// Identifiers that a second making of the same county gives again.
namespace concentric::demo {

// Counts in the layout of new_id() from the very first moment of 2024, so that whatever the county gets later has a greater id.
class Ids {
public:
    std::int64_t next()
    {
        ++count_;
        return ((count_ >> 12) << 21) | (count_ & 0xFFF);
    }
    template <class I> I next_of() { return {next()}; }

    // For a row that was written at a moment: its id tells that moment, as it would in a county that is used.
    template <class I> I next_of(Instant moment)
    {
        count_ = std::max(count_, ((moment.milliseconds - id_epoch) << 12) - 1);
        return next_of<I>();
    }

private:
    std::int64_t count_ = 0xFFF;
};

} // namespace concentric::demo
