#include "core/error.hpp"
#include "core/header_field.hpp"
#include "web/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace concentric::web {
namespace {

struct Asking {
    HeaderField authorization;
    std::optional<std::string> statementId, limit;
};
BOOST_DESCRIBE_STRUCT(Asking, (), (authorization, statementId, limit))

std::vector<std::string> refused(Parameters const& parameters)
{
    std::vector<std::string> names;
    try {
        refuse_other_parameters(parameters, reflect::type_of<Asking>);
    } catch (ApiError const& error) {
        EXPECT_EQ(error.kind, ErrorKind::malformed);
        for (auto const& problem : error.problems)
            names.push_back(problem.path + " " + problem.code);
    }
    return names;
}

} // namespace

TEST(Parameters, that_the_input_names_once_each_are_taken)
{
    EXPECT_THAT(refused({}), testing::IsEmpty());
    EXPECT_THAT(refused({{"statementId", "7"}, {"limit", ""}}), testing::IsEmpty());
}

TEST(Parameters, of_another_name_or_case_or_given_twice_are_all_named)
{
    EXPECT_THAT(
        refused({{"statementid", "7"}, {"limit", "1"}, {"limit", "2"}, {"authorization", "Basic x"}, {"statementId", "\xff"}}),
        testing::ElementsAre("/statementid unknown", "/limit twice", "/authorization unknown", "/statementId malformed"));
}

} // namespace concentric::web
