#include "web/openapi.hpp"
#include "commands/commands.hpp"
#include "modules/all.hpp"

#include <fmt/format.h>

namespace concentric::commands {

void add_openapi(CLI::App& app, Setup&)
{
    app.add_subcommand("openapi", "输出接口文档 / prints the API document")->callback([] {
        auto const routes = all_routes();
        std::vector<Route const*> list;
        for (auto const& route : routes)
            list.push_back(&route);
        fmt::print("{}", web::api_document(list));
    });
}

} // namespace concentric::commands
