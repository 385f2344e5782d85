#include "modules/ledger/recording.hpp"
#include "modules/ledger/views.hpp"

namespace concentric::ledger {

Routes routes()
{
    auto all = view_routes();
    for (auto& route : recording_routes())
        all.push_back(std::move(route));
    return all;
}

} // namespace concentric::ledger
