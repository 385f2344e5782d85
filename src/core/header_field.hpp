#pragma once

#include "core/fields.hpp"

// A value that comes in a header of the request, such as the signature under another server's message: the field
// wechatpay_signature of a route's input is the header Wechatpay-Signature. Empty when there is none.
namespace concentric {

struct HeaderField : Text<0, 1000> {
    using Text<0, 1000>::Text;
};

inline bool is_header(reflect::Field const& field) { return field.type == &reflect::type_of<HeaderField>; }
// "wechatpay-signature", as the server keeps the names of headers.
inline std::string header_name(reflect::Field const& field)
{
    std::string name(field.name);
    std::ranges::replace(name, '_', '-');
    return name;
}

} // namespace concentric
